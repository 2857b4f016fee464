import { type OpenDataset, openDataset, quoteName, quoteText, rowKeys, shortRows } from '@mlwright/data'
import { type ColumnType, type Engine, type Ports, type Retraining, UserError } from '@mlwright/domain'
import { keyColumns, type ModelData } from '../common/model-data.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { openSeen, type Seen } from '../monitor/open-seen.ts'
import type { MonitorSettings } from '../monitor/settings.ts'

/** What production saw and has a label for. */
export interface NewRows {
  /** The labelled rows, in the columns that the model's data has too. */
  readonly opened: OpenDataset
  /** Those that the model's data does not have, counted from 0. */
  readonly fresh: Int32Array
  readonly facts: NonNullable<Retraining['data']>
}

/** SQL that reads a label as values of the target's kind; null where it is none. */
function labelSql(value: string, type: ColumnType, whole: boolean): string {
  const kind = type === 'number' ? (whole ? 'BIGINT' : 'DOUBLE') : type === 'boolean' ? 'BOOLEAN' : 'VARCHAR'
  return `TRY_CAST(CAST(${value} AS VARCHAR) AS ${kind})`
}

function has({ dataset }: OpenDataset, name: string): boolean {
  return dataset.columns.some((column) => column.name === name)
}

/** SQL of the labels by key, those left out that contradict each other; null where no label is known. */
function labelled(seen: Seen, settings: MonitorSettings, target: string) {
  const { table, labels } = seen
  const { key, label = target } = settings
  if (labels === null) return has(table, label) ? { join: '', value: `r.${quoteName(label)}` } : null
  for (const [opened, name] of [
    [table, key],
    [labels, key],
    [labels, label],
  ] as const)
    if (!has(opened, name))
      throw new UserError(
        'INPUT_INVALID',
        `${opened.dataset.name} has no column ${name}, by which rows get their labels.`,
      )
  const text = (column: string) => `CAST(${column} AS VARCHAR)`
  const value = quoteName(label)
  return {
    join: ` JOIN (SELECT ${text(quoteName(key))} AS k, any_value(${value}) AS v FROM ${labels.from} WHERE ${value} IS NOT NULL GROUP BY 1 HAVING count(DISTINCT ${text(value)}) = 1) l ON l.k = ${text(`r.${quoteName(key)}`)}`,
    value: 'l.v',
  }
}

/** Of the columns that the model's data keeps as whole numbers, those whose values here are whole too. */
async function wholeColumns(engine: Engine, table: OpenDataset, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const tests = names.map((name, at) => {
    const value = quoteName(name)
    return `CAST(coalesce(bool_and(${value} = TRY_CAST(${value} AS BIGINT)), true) AS INTEGER) AS c${at}`
  })
  const [values] = await shortRows(engine, `SELECT ${tests.join(', ')} FROM ${table.from}`)
  return new Set(names.filter((_, at) => values![at] === 1))
}

/** The labelled rows that are not among the model's own, by the primary key where both have it, else by their content. */
async function freshRows(
  engine: Engine,
  inputs: ModelInputs,
  old: ModelData,
  opened: OpenDataset,
): Promise<Int32Array> {
  const shared = opened.dataset.columns.map(({ name }) => name)
  const columns = keyColumns(inputs, shared)
  const known = new Set(await rowKeys(engine, old.opened, columns))
  const keys = await rowKeys(engine, opened, columns)
  return Int32Array.from(keys.keys()).filter((row) => !known.has(keys[row]!))
}

/** Reads what production saw, joins the labels that have arrived, and tells new rows from those that the model's data has. Returns a sentence where nothing can be learned from it. */
export async function readNewRows(
  ports: Ports,
  inputs: ModelInputs,
  old: ModelData,
  settings: MonitorSettings,
  path: string,
): Promise<NewRows | string> {
  const { engine, files } = ports
  const { model, name } = inputs
  const own = old.opened.dataset.columns
  const types = new Map(own.map((column) => [column.name, column.type]))
  const seen = await openSeen(ports, settings, types)
  const { dataset } = seen.table
  const lacking = old.features.filter((feature) => !has(seen.table, feature.name)).map((feature) => feature.name)
  if (lacking.length > 0)
    return `${dataset.name} lacks ${lacking.join(', ')}, which ${name} learns from${seen.hidden.length > 0 ? '; columns that are redacted in the log cannot be learned from' : ''}.`
  const labels = labelled(seen, settings, model.target)
  if (labels === null) return `No label of ${dataset.name} has arrived, so there is nothing to learn from.`
  const shared = own.filter((column) => column.name !== model.target && has(seen.table, column.name))
  const unequal = shared.filter(
    (column) => old.opened.integers.has(column.name) && !seen.table.integers.has(column.name),
  )
  const whole = await wholeColumns(
    engine,
    seen.table,
    unequal.map((column) => column.name),
  )
  const select = shared.map((column) => {
    const value = `r.${quoteName(column.name)}`
    return whole.has(column.name) ? `CAST(${value} AS BIGINT) AS ${quoteName(column.name)}` : value
  })
  const target = labelSql(labels.value, types.get(model.target)!, old.opened.integers.has(model.target))
  const absolute = files.absolute(path)
  await files.write(path, '')
  await engine.execute(
    `COPY (SELECT ${[...select, `${target} AS ${quoteName(model.target)}`].join(', ')} FROM ${seen.table.numbered} r${labels.join} WHERE ${target} IS NOT NULL ORDER BY r.${quoteName(seen.table.rowColumn)}) TO ${quoteText(absolute)} (FORMAT parquet)`,
  )
  const opened = await openDataset(engine, {
    name: dataset.name,
    files: [{ path, absolute, oid: dataset.digest }],
    types,
  })
  const fresh = await freshRows(engine, inputs, old, opened)
  const { rows } = opened.dataset
  return {
    opened,
    fresh,
    facts: {
      name: dataset.name,
      digest: dataset.digest,
      rows: dataset.rows,
      labelled: rows,
      known: rows - fresh.length,
    },
  }
}
