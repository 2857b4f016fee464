import type { Action } from './define-action.ts'
import { describeInput } from './describe-input.ts'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** action.yml of an action. Defaults stand in the descriptions, because one here would silently beat mlwright.yml; only the token has one. */
export function renderActionYml(
  action: Pick<Action, 'name' | 'description' | 'inputs' | 'outputs'>,
  options: { readonly main: string; readonly branding: { readonly icon: string; readonly color: string } },
): string {
  const lines = [
    '# Generated from action.ts by `npm run sync`.',
    `name: ${quoted(action.name === 'mlwright' ? 'mlwright' : `mlwright ${action.name}`)}`,
    `description: ${quoted(action.description)}`,
    'inputs:',
  ]
  for (const [name, input] of Object.entries(action.inputs)) {
    lines.push(`  ${name}:`, `    description: ${quoted(describeInput(input))}`)
    if (input.required) lines.push('    required: true')
    if (input.actionDefault !== undefined) lines.push(`    default: ${input.actionDefault}`)
  }
  lines.push('outputs:')
  for (const [name, description] of Object.entries(action.outputs))
    lines.push(`  ${name}:`, `    description: ${quoted(description)}`)
  lines.push('runs:', '  using: node24', `  main: ${options.main}`)
  lines.push('branding:', `  icon: ${options.branding.icon}`, `  color: ${options.branding.color}`)
  return `${lines.join('\n')}\n`
}
