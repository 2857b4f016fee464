import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

/** JSON Schema, as far as it is read here. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly minimum?: number
}

export interface Operation {
  readonly query: Readonly<Record<string, Schema>>
  readonly request?: Schema
  readonly responses: Readonly<Record<string, Schema>>
}

interface Description {
  readonly operations: Readonly<Record<string, Operation>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const description: Description = JSON.parse(readFileSync(new URL('../openapi.generated.json', import.meta.url), 'utf8'))
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, coerceTypes: false })
ajv.addSchema({ ...description }, 'github')
const compiled = new Map<string, ValidateFunction>()

/** What GitHub describes of an operation such as `GET /repos/{owner}/{repo}`. */
export function operationOf(name: string): Operation {
  const operation = description.operations[name]
  if (!operation) throw new Error(`${name} is not in openapi.generated.json; add it to scripts/openapi-slice.ts`)
  return operation
}

export function schemaOf(schema: Schema): Schema {
  if (!schema.$ref) return schema
  return schemaOf(description.components.schemas[schema.$ref.split('/').at(-1)!]!)
}

/** What is wrong with a value, by the place in the description: `query/page`, `request`, `responses/200`. */
export function violations(operation: string, place: string, value: unknown): string[] {
  const pointer = `/operations/${escaped(operation)}/${place}`
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `github#${pointer}` })
  compiled.set(pointer, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map((error) => `${operation} ${place}${error.instancePath}: ${error.message}`)
}

function escaped(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'))
}
