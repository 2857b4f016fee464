import { openDataset, quoteText } from '@mlwright/data'
import { type Ports, UserError } from '@mlwright/domain'
import { type DataFile, digestOf } from '../common/project.ts'
import { sha256 } from '../common/sha256.ts'

/**
 * Writes what a SELECT over the table `data` gives to a Parquet file, in the order that it says. Throws `UserError`
 * INPUT_INVALID where the query fails.
 */
export async function queryRows(
  { engine, files }: Pick<Ports, 'engine' | 'files'>,
  data: readonly DataFile[],
  query: string,
  path: string,
): Promise<DataFile> {
  const opened = await openDataset(engine, { name: 'data', files: data, uncounted: true })
  const select = query.trim().replace(/;$/, '')
  await files.remove(path)
  await files.write(path, '')
  try {
    await engine.execute(
      `COPY (WITH data AS (SELECT * FROM ${opened.from}) SELECT * FROM (${select})) TO ${quoteText(files.absolute(path))} (FORMAT parquet)`,
    )
  } catch (error) {
    await files.remove(path)
    throw new UserError('INPUT_INVALID', `The input \`query\` fails: ${(error as Error).message.split('\n')[0]}`, {
      cause: error,
    })
  }
  return { path, absolute: files.absolute(path), oid: sha256(`${digestOf(data)} ${select}`) }
}
