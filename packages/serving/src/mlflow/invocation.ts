import type { ColumnType } from '@mlwright/domain'
import { badRequest } from '../http/http-error.ts'
import { isObject, type JsonObject } from '../http/parse-json.ts'
import { shown } from '../http/shown.ts'
import type { ServedModel } from '../model/served-model.ts'
import { columnFeeds, type NamedRows } from '../predict/column-feeds.ts'
import { objectRows, requireObjects } from '../predict/predict-request.ts'
import type { Feed } from '../tensors/feed.ts'
import { parseCsv } from './csv-rows.ts'

/** A body of MLflow's scoring protocol. */
export interface Invocation {
  /** Answers of data frames are records, those of tensors columns. */
  readonly frame: boolean
  /** A column of the first row; undefined where nothing was sent, or without a name. */
  column(name: string): unknown
  feeds(model: ServedModel): Feed[]
}

const frame = (named: NamedRows): Invocation => ({
  frame: true,
  column: (name) => named.at(0, name),
  feeds: (model) => columnFeeds(model, named),
})

function splitFrame(value: unknown): NamedRows {
  if (!isObject(value) || !Array.isArray(value.data) || !Array.isArray(value.columns))
    throw badRequest('`dataframe_split` has to be an object with `columns` and `data`.')
  const { columns, data } = value as { columns: unknown[]; data: unknown[] }
  const odd = columns.find((name) => typeof name !== 'string' && typeof name !== 'number')
  if (odd !== undefined) throw badRequest(`\`dataframe_split.columns\` holds ${shown(odd)}, which is no name.`)
  if (data.length === 0) throw badRequest('`dataframe_split.data` is empty; send at least one row.')
  const position = new Map(columns.map((name, at) => [String(name), at]))
  const wrong = data.findIndex((row) => !Array.isArray(row) || row.length !== columns.length)
  if (wrong >= 0)
    throw badRequest(
      `\`dataframe_split.data\`: row ${wrong} is not a list of ${columns.length} values, one per column.`,
    )
  return {
    rows: data.length,
    names: [...position.keys()],
    at: (row, name) => (data[row] as unknown[])[position.get(name) ?? -1],
  }
}

function columnLists(value: JsonObject, what: string): NamedRows {
  const names = Object.keys(value)
  const lists = new Map(
    names.map((name) => [name, Array.isArray(value[name]) ? (value[name] as unknown[]) : [value[name]]]),
  )
  const rows = lists.get(names[0] ?? '')?.length ?? 0
  const wrong = names.find((name) => lists.get(name)!.length !== rows)
  if (rows === 0) throw badRequest(`\`${what}\` is empty; send at least one row.`)
  if (wrong !== undefined)
    throw badRequest(
      `\`${what}\`: the column ${wrong} has ${lists.get(wrong)!.length} values, and ${names[0]} has ${rows}.`,
    )
  return { rows, names, at: (row, name) => lists.get(name)?.[row] }
}

/** Rows without names: of a model with one input its tensor, else values in the order of the columns. */
function positionalRows(rows: readonly unknown[], what: string): Invocation {
  if (rows.length === 0) throw badRequest(`\`${what}\` is empty; send at least one row.`)
  return {
    frame: false,
    column: () => undefined,
    feeds(model) {
      const { columns } = model.signature
      const { length } = columns
      const wrong = rows.findIndex((row) => !Array.isArray(row) || row.length !== length)
      const whole = length === 1 && columns[0]!.shape.length > 0
      if (!whole && length === 1 && !rows.some(Array.isArray))
        return columnFeeds(model, { rows: rows.length, names: [], at: (row) => rows[row] })
      if (whole) return columnFeeds(model, { rows: rows.length, names: [], at: (row) => rows[row] })
      if (wrong >= 0)
        throw badRequest(`\`${what}\`: row ${wrong} is not a list of ${length} values, one per column of the model.`)
      const position = new Map(columns.map(({ name }, at) => [name, at]))
      return columnFeeds(model, {
        rows: rows.length,
        names: [],
        at: (row, name) => (rows[row] as unknown[])[position.get(name)!],
      })
    },
  }
}

const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const

/** Reads a JSON body: exactly one of MLflow's four forms. */
export function jsonInvocation(body: unknown): Invocation {
  if (!isObject(body)) throw badRequest(`The body has to be a JSON object with one of ${forms.join(', ')}.`)
  const given = forms.filter((form) => form in body)
  if (given.length !== 1)
    throw badRequest(
      `The body has to have exactly one of ${forms.join(', ')}; it has ${given.join(' and ') || 'none'}.`,
    )
  const form = given[0]!
  const value = body[form]
  switch (form) {
    case 'dataframe_split':
      return frame(splitFrame(value))
    case 'dataframe_records':
      if (!Array.isArray(value)) throw badRequest('`dataframe_records` has to be a list of objects.')
      return frame(objectRows(requireObjects(value, '`dataframe_records`')))
    case 'instances':
      if (!Array.isArray(value)) throw badRequest('`instances` has to be a list.')
      return isObject(value[0])
        ? { ...frame(objectRows(requireObjects(value, '`instances`'))), frame: false }
        : positionalRows(value, form)
    default:
      if (isObject(value)) return { ...frame(columnLists(value, form)), frame: false }
      if (!Array.isArray(value)) throw badRequest('`inputs` has to be a list, or an object with a list per column.')
      return isObject(value[0])
        ? { ...frame(objectRows(requireObjects(value, '`inputs`'))), frame: false }
        : positionalRows(value, form)
  }
}

function csvValue(text: string | undefined, type: ColumnType): unknown {
  if (text === undefined) return undefined
  if (type === 'string' || type === 'date') return text === '' ? null : text
  const trimmed = text.trim()
  if (/^(|nan|null|na)$/i.test(trimmed)) return null
  if (type === 'boolean' && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true'
  const value = Number(trimmed)
  return Number.isNaN(value) ? text : value
}

/** Reads a CSV body whose first line names the columns. */
export function csvInvocation(body: Buffer): Invocation {
  const [header, ...rows] = parseCsv(body.toString('utf8').replace(/^\uFEFF/, ''))
  if (!header || rows.length === 0) throw badRequest('The CSV needs a line of column names and at least one row.')
  const wrong = rows.findIndex((row) => row.length !== header.length)
  if (wrong >= 0)
    throw badRequest(
      `The CSV's row ${wrong} has ${rows[wrong]!.length} fields, and its first line names ${header.length} columns.`,
    )
  const position = new Map(header.map((name, at) => [name, at]))
  return {
    frame: true,
    column: (name) => rows[0]![position.get(name) ?? -1],
    feeds(model) {
      const types = new Map(model.signature.columns.map(({ name, type }) => [name, type]))
      return columnFeeds(model, {
        rows: rows.length,
        names: header,
        at: (row, name) => csvValue(rows[row]![position.get(name) ?? -1], types.get(name) ?? 'string'),
      })
    },
  }
}
