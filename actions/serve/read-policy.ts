import { type Files, UserError } from '@mlwright/domain'
import { Policy } from '@mlwright/serving'
import { requiredText } from '../common/required-text.ts'

/** Reads a traffic policy. Throws `UserError` CONFIG_INVALID with every problem. */
export async function readPolicy(files: Files, path: string): Promise<Policy> {
  const text = await requiredText(files, path, 'the traffic policy')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UserError('CONFIG_INVALID', `${path} is not JSON: ${(error as Error).message}.`)
  }
  const parsed = Policy.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    (issue) => `${path}: ${issue.path.join('.') || 'the policy'}: ${issue.message}`,
  )
  throw new UserError('CONFIG_INVALID', `${problems.join('\n')}`)
}
