import { type Schema, schemaOf } from './openapi.ts'

type Json = unknown

/** Adds the least that a schema demands to what a handler says, so that handlers only say what matters. */
export function complete(given: Schema, value: Json): Json {
  const schema = schemaOf(given)
  if (value === null) return null
  if (Array.isArray(value)) return schema.items ? value.map((item) => complete(schema.items!, item)) : value
  if (schema.allOf) return schema.allOf.reduce((whole: Json, part) => complete(part, whole), value)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice && value === undefined && choice.some((option) => schemaOf(option).type === 'null')) return null
  if (choice) return complete(choice.find((option) => schemaOf(option).type !== 'null')!, value)
  if (value !== undefined && typeof value !== 'object') return value
  if (value === undefined && !isType(schema, 'object')) return least(schema)
  if (value === undefined && isType(schema, 'null')) return null
  const object: Record<string, Json> = { ...(value as Record<string, Json>) }
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    if (object[name] !== undefined || schema.required?.includes(name)) object[name] = complete(property, object[name])
  return object
}

function isType(schema: Schema, type: string): boolean {
  return (Array.isArray(schema.type) ? schema.type : [schema.type ?? 'object']).includes(type)
}

function least(schema: Schema): Json {
  if (schema.enum) return schema.enum[0]
  if (isType(schema, 'null')) return null
  if (isType(schema, 'array')) return []
  if (isType(schema, 'boolean')) return false
  if (isType(schema, 'integer') || isType(schema, 'number')) return schema.minimum ?? 0
  if (schema.format === 'date-time') return '2026-01-01T00:00:00Z'
  if (schema.format === 'uri') return 'https://github.com/'
  return ''
}
