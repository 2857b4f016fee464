import type { ColumnType } from '@mlwright/domain'
import type { OdcsProperty } from './odcs-schema.ts'

const logical: Readonly<Record<string, ColumnType>> = {
  string: 'string',
  time: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'date',
}

const physical: readonly [RegExp, ColumnType][] = [
  [/^(var)?char|^n(var)?char|^text|^string|^clob|^uuid|^character|^enum/i, 'string'],
  [/^(u?(tiny|small|medium|big|huge)?int|integer|uinteger|long|short|byteint|serial|bigserial)/i, 'number'],
  [/^(float|double|real|decimal|numeric|number|dec\b)/i, 'number'],
  [/^bool/i, 'boolean'],
  [/^(date|timestamp)/i, 'date'],
]

/** Formats that the engine reads by itself; a column of another one stays text, and a rule parses it. */
export const isoFormat = (format: string) => /^yyyy-MM-dd((\s|'?T'?)HH:mm(:ss(\.S+)?)?('?Z'?|X+)?)?$/.test(format)

/** How a property's values are read, or null where the contract does not say. */
export function declaredType(property: OdcsProperty): ColumnType | null {
  const { logicalType, logicalTypeOptions, physicalType } = property
  if (logicalType !== undefined) {
    const format = logicalTypeOptions?.format
    const dated = logicalType === 'date' || logicalType === 'timestamp'
    if (dated && typeof format === 'string' && !isoFormat(format)) return 'string'
    return logical[logicalType] ?? null
  }
  return physical.find(([pattern]) => pattern.test(physicalType ?? ''))?.[1] ?? null
}
