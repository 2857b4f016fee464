import { UserError } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'

/** Does work on a dataset; where its files turn out to be damaged, throws `UserError` DATA_UNUSABLE that says how. */
export async function explained<T>(opened: OpenDataset, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UserError) throw error
    const { message } = await opened.explain(error as Error)
    throw new UserError('DATA_UNUSABLE', message, { cause: error })
  }
}
