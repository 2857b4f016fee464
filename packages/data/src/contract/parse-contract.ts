import { type ColumnType, nearest, parseYaml, problemText, UserError } from '@mlwright/domain'
import type { Contract } from './contract.ts'
import { contractSource } from './contract-source.ts'
import { declaredType } from './declared-type.ts'
import { OdcsDocument, OdcsObject } from './odcs-schema.ts'
import { checkServers } from './odcs-servers.ts'
import { readProperties } from './read-properties.ts'
import { requestRules } from './request-rules.ts'
import { keyRules, objectRules, propertyRules } from './rules-of.ts'

/** The position of the object to check: the only one, or the one that is called as the dataset or the file. */
function chooseObject(objects: readonly unknown[], wanted: readonly string[]): number | null {
  if (objects.length === 1) return 0
  const names = objects.map((object) => {
    const { name, physicalName } = (object ?? {}) as Record<string, unknown>
    return [name, physicalName]
  })
  for (const name of wanted) {
    const index = names.findIndex((candidates) => candidates.includes(name))
    if (index >= 0) return index
  }
  return null
}

const fileStem = (path: string) => path.replace(/^.*\//, '').replace(/(\.odcs|\.contract)?\.ya?ml$/i, '')

/**
 * Reads an ODCS v3.1 contract. Of several schema objects the one named `dataset`, or as the file, is taken.
 * @throws UserError CONTRACT_INVALID with every problem at once, one line each with file, line and column.
 */
export function parseContract(text: string, path: string, dataset?: string): Contract {
  const yaml = parseYaml(text, path)
  if (yaml.problems.length > 0) throw new UserError('CONTRACT_INVALID', problemText(yaml.problems))
  const source = contractSource(yaml)
  const document = source.read([], OdcsDocument)
  const raw = (yaml.value ?? {}) as { schema?: unknown; servers?: unknown }
  if (Array.isArray(raw.servers)) checkServers(source, raw.servers)
  const objects = Array.isArray(raw.schema) ? raw.schema : []
  const wanted = [...(dataset === undefined ? [] : [dataset]), fileStem(path)]
  const chosen = chooseObject(objects, wanted)
  if (chosen === null && (document || objects.length > 0)) source.problem(['schema'], noObject(objects, wanted))

  const read = objects.map((_, index) => {
    const at = ['schema', index]
    const notes: string[] = []
    const note = (sentence: string) => notes.push(sentence)
    const object = source.read(at, OdcsObject)
    const properties = readProperties(source, [...at, 'properties'])
    const columnOf = new Map(properties.map(({ column, property }) => [property.name, column]))
    const name = object?.physicalName ?? object?.name ?? ''
    const context = { source, note, columnOf, object: name }
    const rules = [
      ...objectRules(context, [...at, 'quality']),
      ...keyRules(context, properties),
      ...properties.flatMap((property) => propertyRules(context, property)),
    ]
    const related = [object?.relationships, ...properties.map(({ property }) => property.relationships)]
    if (related.some((list) => list?.length)) note('Relationships to other data are not checked.')
    return { object, properties, rules, notes }
  })
  if (source.problems.length > 0) throw new UserError('CONTRACT_INVALID', problemText(source.problems))

  const { object, properties, rules, notes } = read[chosen!]!
  const types = new Map<string, ColumnType>()
  for (const { column, property } of properties) {
    const type = declaredType(property)
    if (type !== null) types.set(column, type)
  }
  return {
    path,
    names: [...new Set([object!.name, object!.physicalName ?? object!.name])],
    types,
    primaryKey: properties
      .filter(({ property }) => property.primaryKey)
      .toSorted((a, b) => (a.property.primaryKeyPosition ?? -1) - (b.property.primaryKeyPosition ?? -1))
      .map(({ column }) => column),
    columns: properties.map(({ column, property, path: at }) => ({
      name: column,
      location: source.at([...at, 'name']),
      typeLocation: source.at([...at, property.logicalType === undefined ? 'physicalType' : 'logicalType']),
      classification: property.classification ?? null,
    })),
    rules,
    request: requestRules(properties, rules),
    notes,
  }
}

function noObject(objects: readonly unknown[], wanted: readonly string[]): string {
  if (objects.length === 0) return 'the contract has no schema object; add one with the properties of the data.'
  const names = objects.map((object) => String((object as { name?: unknown } | null)?.name))
  const near = nearest(wanted[0]!, names)
  return `none of the ${objects.length} schema objects (${names.join(', ')}) is called ${wanted[0]}; ${near ? `did you mean ${near}? ` : ''}name one as the dataset or as the file.`
}
