import { markdownTable } from './documents/markdown-table.ts'
import type { RegistryState } from './registry-state.ts'

const code = (text: string | null | undefined) =>
  text ? `\`${/^[0-9a-f]{40}$/.test(text) ? text.slice(0, 7) : text}\`` : ''

/** The state as a Markdown table: a row per model, a column per stage. */
export function renderShow({ models, deprecated }: RegistryState): string {
  const names = Object.keys(models)
  const stages = [...new Set(names.flatMap((name) => Object.keys(models[name]!.stages)))].sort()
  const rows = names.map((name) => {
    const { latest, stages: held, versions } = models[name]!
    return [code(name), code(latest), ...stages.map((stage) => code(held[stage])), String(versions.length)]
  })
  const table = markdownTable(
    ['Model', 'Latest', ...stages.map(code), 'Versions'],
    `${'l'.repeat(stages.length + 2)}r`,
    rows,
  )
  const parts = names.length > 0 ? [table] : ['No model is registered.']
  if (deprecated.length > 0) parts.push(`Deprecated: ${deprecated.map(code).join(', ')}.`)
  return parts.join('\n\n')
}
