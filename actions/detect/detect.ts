import { readNumbers } from '@mlwright/data'
import { type DatasetColumn, type Ports, UserError } from '@mlwright/domain'
import { type DetectorName, detectDrift, detectors, kswin } from '@mlwright/stats'
import { openTable } from '../monitor/reference.ts'

interface DetectInputs {
  readonly detector: DetectorName
  readonly values: string
  readonly column?: string | undefined
  readonly seed: number
}

/** Where a detector fires on a stream; positions count from 0. */
export interface Detection {
  readonly kind: 'Detection'
  readonly version: 1
  readonly detector: DetectorName
  readonly column: string
  readonly values: number
  readonly indices: readonly number[]
  /** Where it begins to warn, for those that do. */
  readonly warnings: readonly number[]
}

/** Values that a detector is made for. */
const suits: Partial<Record<DetectorName, { readonly test: (value: number) => boolean; readonly said: string }>> = {
  ddm: { test: (value) => value === 0 || value === 1, said: '1 (wrong) or 0 (right)' },
  eddm: { test: (value) => value === 0 || value === 1, said: '1 (wrong) or 0 (right)' },
  'hddm-a': { test: (value) => value >= 0 && value <= 1, said: 'from 0 to 1' },
  'hddm-w': { test: (value) => value >= 0 && value <= 1, said: 'from 0 to 1' },
}

function chosen(columns: readonly DatasetColumn[], { values, column }: DetectInputs): DatasetColumn {
  const usable = columns.filter(({ type }) => type === 'number' || type === 'boolean')
  const found = column === undefined ? usable[0] : usable.find(({ name }) => name === column)
  if (found) return found
  const there = usable.map(({ name }) => name).join(', ') || 'none'
  throw new UserError(
    'INPUT_INVALID',
    column === undefined
      ? `${values} has no column of numbers; name a file that has one.`
      : `${values} has no column ${column} of numbers; columns of numbers there: ${there}.`,
  )
}

/** The values in file order. A CSV file without a header has its first value where the name should be. */
async function readValues(inputs: DetectInputs, ports: Ports): Promise<{ column: string; values: Float64Array }> {
  const opened = await openTable(ports, inputs.values)
  const column = chosen(opened.dataset.columns, inputs)
  const [values] = await readNumbers(ports.engine, opened, [{ ...column, type: 'number' }])
  const first = column.name.trim() === '' ? Number.NaN : Number(column.name)
  if (Number.isNaN(first) || !/\.(csv|tsv)(\.gz)?$/i.test(inputs.values))
    return { column: column.name, values: values! }
  const all = new Float64Array(values!.length + 1)
  all[0] = first
  all.set(values!, 1)
  return { column: 'the first column', values: all }
}

/** Runs a stream detector over the values of a file. Throws `UserError` where there are none, or of the wrong kind. */
export async function detect(inputs: DetectInputs, ports: Ports): Promise<Detection> {
  const { detector } = inputs
  const { column, values } = await readValues(inputs, ports)
  const kind = suits[detector]
  const wrong = kind ? values.findIndex((value) => !Number.isNaN(value) && !kind.test(value)) : -1
  if (wrong >= 0)
    throw new UserError(
      'DATA_UNUSABLE',
      `${detector} wants values of ${kind!.said}, but value ${wrong} (from 0) of ${inputs.values} is ${values[wrong]}.`,
    )
  const made = detector === 'kswin' ? kswin({ seed: inputs.seed }) : detectors[detector]()
  const { drifts, warnings } = detectDrift(values, made)
  return { kind: 'Detection', version: 1, detector, column, values: values.length, indices: drifts, warnings }
}
