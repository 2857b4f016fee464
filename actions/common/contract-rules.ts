import { type RequestRules, Run, UserError } from '@mlwright/domain'
import { readRecord } from '@mlwright/tracking'

/** The rules of an ODCS contract that a request can be held to. Throws `UserError` CONTRACT_INVALID. */
export async function contractRules(text: string, path: string, dataset: string): Promise<RequestRules> {
  const { parseContract } = await import('./parsers.ts')
  try {
    return parseContract(text, path, dataset).request
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(
      error.code,
      `${error.message}\nName another contract with the input \`contract\`, or serve without one: \`none\`.`,
      { cause: error },
    )
  }
}

/** The same of a release's `contract.yaml`, in which `run.json` says what the data is called; null where there is none. */
export async function releasedRules(files: {
  readonly contract: Uint8Array | null
  readonly run: Uint8Array | null
}): Promise<RequestRules | null> {
  const { contract, run } = files
  if (!contract) return null
  const dataset = run ? readRecord(Run, run, 'run.json').dataset.name : ''
  return contractRules(new TextDecoder().decode(contract), 'contract.yaml', dataset)
}
