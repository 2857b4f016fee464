import type { Action } from './define-action.ts'
import { describeInput } from './describe-input.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')

function table(head: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, description]) => `| \`${name}\` | ${cell(description)} |`)
  return [`| ${head} | |`, '| --- | --- |', ...lines].join('\n')
}

/** Replaces what stands between two markers; adds a section where there are none yet. */
function place(text: string, heading: string, name: string, content: string): string {
  const start = `<!-- ${name}:start -->`
  const end = `<!-- ${name}:end -->`
  const block = `${start}\n${content}\n${end}`
  const from = text.indexOf(start)
  const to = text.indexOf(end, from)
  if (from >= 0 && to >= 0) return text.slice(0, from) + block + text.slice(to + end.length)
  return `${text.trimEnd()}\n\n## ${heading}\n\n${block}\n`
}

/** An action's README: its prose as it stands, with fresh tables of inputs and outputs between the markers. */
export function renderReadme(
  existing: string,
  action: Pick<Action, 'name' | 'description' | 'inputs' | 'outputs'>,
): string {
  const prose = existing.trim() === '' ? `# ${action.name}\n\n${action.description}\n` : existing
  const inputs = Object.entries(action.inputs).map(
    ([name, input]) => [name, `${input.required ? '**Required.** ' : ''}${describeInput(input)}`] as const,
  )
  const withInputs = place(prose, 'Inputs', 'inputs', table('Input', inputs))
  return place(withInputs, 'Outputs', 'outputs', table('Output', Object.entries(action.outputs)))
}
