import { type RequestRules, UserError } from '@mlwright/domain'

/** The rules of an ODCS contract that a request can be held to. Throws `UserError` CONTRACT_INVALID. */
export async function contractRules(text: string, path: string, model: string): Promise<RequestRules> {
  const { parseContract } = await import('../common/parsers.ts')
  try {
    return parseContract(text, path, model).request
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(
      error.code,
      `${error.message}\nName another contract with the input \`contract\`, or serve without one: \`none\`.`,
      { cause: error },
    )
  }
}
