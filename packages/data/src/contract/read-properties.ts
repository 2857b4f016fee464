import type { ContractSource } from './contract-source.ts'
import { OdcsOptions, type PropertyOptions } from './odcs-options.ts'
import { OdcsItems, OdcsProperty } from './odcs-schema.ts'

type Path = readonly PropertyKey[]

/** A property of the object itself. */
export interface ReadProperty {
  readonly path: Path
  readonly column: string
  readonly property: OdcsProperty
  readonly options: PropertyOptions
}

const listAt = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function readOptions(source: ContractSource, path: Path, property: OdcsItems): PropertyOptions {
  const { logicalType, logicalTypeOptions } = property
  if (logicalTypeOptions === undefined) return {}
  if (logicalType === undefined) {
    if (Object.keys(logicalTypeOptions).length > 0)
      source.problem([...path, 'logicalTypeOptions'], 'logicalTypeOptions need a logicalType beside them.')
    return {}
  }
  return (source.read([...path, 'logicalTypeOptions'], OdcsOptions[logicalType]) ?? {}) as PropertyOptions
}

/** Checks what is inside objects and lists; no rule is made of it. */
function readInside(source: ContractSource, path: Path, property: OdcsItems): void {
  const { logicalType, properties, items } = property
  if (properties !== undefined && logicalType !== 'object')
    source.problem([...path, 'properties'], 'properties belong to `logicalType: object`.')
  if (items !== undefined && logicalType !== 'array')
    source.problem([...path, 'items'], 'items belong to `logicalType: array`.')
  for (const [index] of listAt(properties).entries()) {
    const inner = [...path, 'properties', index]
    const read = source.read(inner, OdcsProperty)
    if (read) readOne(source, inner, read)
  }
  if (items === undefined) return
  const read = source.read([...path, 'items'], OdcsItems)
  if (read) readOne(source, [...path, 'items'], read)
}

function readOne(source: ContractSource, path: Path, property: OdcsItems): PropertyOptions {
  readInside(source, path, property)
  return readOptions(source, path, property)
}

/** The properties of a schema object; of those that do not fit, the problems are reported. */
export function readProperties(source: ContractSource, path: Path): ReadProperty[] {
  const list = source.list(path)
  const seen = new Set<string>()
  return list.flatMap((_, index): ReadProperty[] => {
    const at = [...path, index]
    const property = source.read(at, OdcsProperty)
    if (property === null) return []
    const options = readOne(source, at, property)
    const column = property.physicalName ?? property.name
    if (seen.has(column))
      source.problem([...at, 'name'], `there are two properties for the column ${column}; remove one.`)
    seen.add(column)
    return [{ path: at, column, property, options }]
  })
}
