import type { Action } from './define-action.ts'
import { describeInput } from './describe-input.ts'
import type { Input } from './input.ts'

/** Breaks text into lines of at most `width` characters, at spaces. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

const value = (input: Input) => ({ text: ' TEXT', number: ' NUMBER', choice: ' CHOICE', flag: '' })[input.kind]

/** A list of names and explanations in two columns, for a terminal of `width` characters. */
export function renderList(rows: readonly (readonly [string, string])[], width = 100): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4
  return rows
    .map(([name, text]) => `  ${name}`.padEnd(left) + wrap(text, width - left).join(`\n${' '.repeat(left)}`))
    .join('\n')
}

/** Help of one action for the command line, from the same definition as action.yml. */
export function renderHelp(
  action: Pick<Action, 'name' | 'description' | 'inputs' | 'outputs' | 'positional'>,
  options: {
    readonly command: string
    readonly extra?: readonly (readonly [string, string])[]
    readonly width?: number
  },
): string {
  const inputs = Object.entries(action.inputs).filter(([, input]) => input.actionDefault === undefined)
  const rows = inputs.map(
    ([name, input]) =>
      [`--${name}${value(input)}`, `${input.required ? 'Required. ' : ''}${describeInput(input)}`] as const,
  )
  const outputs = Object.entries(action.outputs)
  const words = (action.positional ?? []).map((name) => (action.inputs[name]?.required ? `<${name}> ` : `[${name}] `))
  return [
    `${action.description}`,
    `Usage: ${options.command} ${words.join('')}[options]`,
    `Options:\n${renderList([...rows, ...(options.extra ?? [])], options.width)}`,
    ...(outputs.length > 0 ? [`Outputs (on GitHub):\n${renderList(outputs, options.width)}`] : []),
  ]
    .join('\n\n')
    .concat('\n')
}
