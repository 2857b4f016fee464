import { byUtf8 } from '@mlwright/domain'
import type { ColumnProfile } from './column-profile.ts'
import { roundDown, roundUp } from './round-number.ts'
import { yamlText } from './yaml-text.ts'

const identifier = /(^|[^a-z])(id|key|uuid|guid|code|number|no)$/i
/** Names such as `customerId`. */
const camelIdentifier = /[a-z](Id|ID|Key|Uuid)$/

/** The column that identifies a row by its name and its values, or null. */
export function primaryKey(profiles: readonly ColumnProfile[], rows: number): string | null {
  const found = profiles.find(
    ({ name, type, whole, missing, distinct }) =>
      missing === 0 &&
      distinct === rows &&
      rows > 1 &&
      (type === 'string' || (type === 'number' && whole)) &&
      (identifier.test(name) || camelIdentifier.test(name)),
  )
  return found?.name ?? null
}

function logicalType({ type, whole }: ColumnProfile): string {
  if (type === 'number') return whole ? 'integer' : 'number'
  if (type === 'date') return whole ? 'date' : 'timestamp'
  return type
}

/** Values that a text column keeps to, as far as repetition tells: each stands in five rows or more on average. */
function choices({ type, values, distinct, missing }: ColumnProfile, rows: number): string[] | null {
  if (type !== 'string' || values.length === 0 || (rows - missing) / distinct < 5) return null
  return values.map(({ text }) => text).sort(byUtf8)
}

function typeOptions(profile: ColumnProfile, rows: number, key: boolean): string | null {
  const options = choices(profile, rows)
  if (options) return `{ enum: [${options.map((option) => yamlText(option)).join(', ')}] }`
  if (profile.type !== 'number' || key || !Number.isFinite(profile.low) || !Number.isFinite(profile.high)) return null
  return `{ minimum: ${roundDown(profile.low)}, maximum: ${roundUp(profile.high)} }`
}

function property(profile: ColumnProfile, rows: number, key: boolean): string[] {
  const options = typeOptions(profile, rows, key)
  return [
    `      - name: ${yamlText(profile.name)}`,
    `        logicalType: ${logicalType(profile)}`,
    ...(key ? ['        primaryKey: true', '        primaryKeyPosition: 1', '        unique: true'] : []),
    ...(profile.missing === 0 ? ['        required: true'] : []),
    ...(options ? [`        logicalTypeOptions: ${options}`] : []),
  ]
}

/** An ODCS v3.1 contract that the data keeps today. */
export function inferContract(dataset: string, profiles: readonly ColumnProfile[], rows: number): string {
  const key = primaryKey(profiles, rows)
  return [
    '# Inferred by `mlwright init` from the data as it was; widen or tighten what you know better.',
    'apiVersion: v3.1.0',
    'kind: DataContract',
    `id: ${yamlText(dataset)}`,
    `name: ${yamlText(dataset)}`,
    'version: 1.0.0',
    'status: draft',
    'schema:',
    `  - name: ${yamlText(dataset)}`,
    '    logicalType: object',
    '    quality:',
    '      - metric: rowCount',
    `        mustBeGreaterOrEqualTo: ${Math.max(1, Math.floor(rows / 2))}`,
    '    properties:',
    ...profiles.flatMap((profile) => property(profile, rows, profile.name === key)),
    '',
  ].join('\n')
}
