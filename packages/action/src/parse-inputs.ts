import { nearest, UserError } from '@mlwright/domain'
import type { Action, Inputs, InputValues } from './define-action.ts'
import type { InputValue } from './input.ts'

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function unknownNames(action: Pick<Action, 'name' | 'inputs'>, given: Iterable<string>): string[] {
  const known = Object.keys(action.inputs)
  return [...given]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearest(name, known)
      const hint = near ? `did you mean \`${near}\`?` : `it has ${known.map((key) => `\`${key}\``).join(', ')}.`
      return `\`${action.name}\` has no input \`${name}\`; ${hint}`
    })
}

/**
 * Reads the inputs of an action from text; empty text counts as not given. `given` are the names that somebody wrote.
 * @throws UserError INPUT_INVALID with every problem at once, one line each.
 */
export function parseInputs<I extends Inputs>(
  action: Pick<Action<I>, 'name' | 'inputs'>,
  get: (name: string) => string | undefined,
  given: Iterable<string> = [],
): InputValues<I> {
  const problems = unknownNames(action, given)
  const values: Record<string, InputValue> = {}
  for (const [name, input] of Object.entries(action.inputs)) {
    const text = get(name)
    if (text === undefined || text === '') {
      if (input.required) problems.push(`\`${name}\` is missing: ${input.description}`)
      values[camelCase(name)] = input.fallback
      continue
    }
    const result = input.parse(text)
    if ('problem' in result) problems.push(`\`${name}\` is ${JSON.stringify(text)}; ${result.problem}`)
    else values[camelCase(name)] = result.value
  }
  if (problems.length > 0) throw new UserError('INPUT_INVALID', problems.join('\n'))
  return values as InputValues<I>
}
