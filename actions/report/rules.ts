import { type Config, parseConfig, type Refs, UserError } from '@mlwright/domain'
import { resolveEvaluate } from '@mlwright/scoring'
import { canonicalJson } from '@mlwright/tracking'

/** The configuration of a commit, or null where it has none that can be read. */
export async function configAt(refs: Refs, commit: string | null, path: string): Promise<Config | null> {
  const bytes = commit && (await refs.read(commit, path))
  if (!bytes) return null
  try {
    return parseConfig(new TextDecoder().decode(bytes), path)
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

const sentence = (name: string, rule: string, limit: number) => `${rule} ${limit} for ${name}`

function gatesOf(config: Config, name: string): Map<string, string> {
  const model = config.models[name]
  if (!model) return new Map()
  return new Map(
    resolveEvaluate(name, model, config.project).gates.map((gate) => [
      `${gate.metric} ${gate.rule} ${gate.requirement ?? ''}`,
      sentence(gate.metric, gate.rule, gate.limit),
    ]),
  )
}

/** What a pull request changes about the rules that judge it, one sentence each. */
export function changedRules(base: Config | null, head: Config, name: string): string[] {
  if (!base?.models[name]) return []
  const [was, is] = [gatesOf(base, name), gatesOf(head, name)]
  const changes: string[] = []
  for (const [key, rule] of is) {
    const before = was.get(key)
    if (before === undefined) changes.push(`adds the gate ${rule}`)
    else if (before !== rule) changes.push(`changes the gate ${before} to ${rule}`)
  }
  for (const [key, rule] of was) if (!is.has(key)) changes.push(`removes the gate ${rule}`)
  if (canonicalJson(base.models[name].split) !== canonicalJson(head.models[name]?.split))
    changes.push('changes the split')
  return changes
}
