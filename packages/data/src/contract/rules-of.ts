import type { Finding, Location } from '@mlwright/domain'
import type { Rule } from '../validate/rule.ts'
import { ruleFamilies } from '../validate/rule-families.ts'
import type { ContractSource } from './contract-source.ts'
import { type OdcsQuality, qualitySchema } from './odcs-quality.ts'
import type { ReadProperty } from './read-properties.ts'

type Path = readonly PropertyKey[]

interface Context {
  readonly source: ContractSource
  readonly note: (sentence: string) => void
  readonly columnOf: ReadonlyMap<string, string>
  readonly object: string
}

const part = ({ source, note }: Context, path: Path) => ({
  at: (key?: string): Location => (key === undefined ? source.at(path) : source.at([...path, key], 'key')),
  problem: (key: string, message: string) => source.problem([...path, key], message),
  note,
})

const mild = ['info', 'warning', 'warn', 'low', 'minor', 'trivial']
const levelOf = (severity: string | undefined): Finding['level'] =>
  mild.includes(severity?.toLowerCase() ?? '') ? 'warn' : 'fail'

function qualityRules(context: Context, path: Path, column: string | null): Rule[] {
  return context.source.list(path).flatMap((value, index) => {
    const at = [...path, index]
    const quality = context.source.read(at, qualitySchema(value)) as OdcsQuality | null
    if (quality === null) return []
    const { columnOf, object } = context
    const given = { ...part(context, at), column, quality, level: levelOf(quality.severity), columnOf, object }
    for (const family of ruleFamilies) {
      const rules = family.quality?.(given) ?? null
      if (rules !== null) return rules
    }
    context.note(
      `A rule in words is left to people: ${quality.description ?? quality.name ?? 'it has no description'}.`,
    )
    return []
  })
}

/** The rules of a schema object's own `quality`. */
export const objectRules = (context: Context, path: Path): Rule[] => qualityRules(context, path, null)

/** The rules of the primary key. */
export function keyRules({ source }: Context, properties: readonly ReadProperty[]): Rule[] {
  const columns = properties
    .filter(({ property }) => property.primaryKey)
    .toSorted((a, b) => (a.property.primaryKeyPosition ?? -1) - (b.property.primaryKeyPosition ?? -1))
    .map(({ column, path }) => ({ name: column, location: source.at([...path, 'primaryKey'], 'key') }))
  return ruleFamilies.flatMap((family) => family.key?.({ columns }) ?? [])
}

/** The rules of one property: its type, options and `quality`. */
export function propertyRules(context: Context, { path, column, property, options }: ReadProperty): Rule[] {
  const given = {
    ...part(context, path),
    column,
    property,
    options,
    option: part(context, [...path, 'logicalTypeOptions']),
  }
  return [
    ...ruleFamilies.flatMap((family) => family.property?.(given) ?? []),
    ...qualityRules(context, [...path, 'quality'], column),
  ]
}
