import type { Engine, Finding } from '@mlwright/domain'
import { type DataFile, dataFormat } from '../open/data-format.ts'
import { fileFinding } from '../open/raw-table.ts'
import { quoteName, quoteText } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'
import { measureRequests, type RequestMeasures } from './measure-requests.ts'
import { openLog } from './open-log.ts'
import { failedSql, timeSql } from './request-sql.ts'

/** What stands in place of a value that must not be logged. */
const hiddenText = '[redacted]'

/** A request with several rows has a line for each; labels name the first where they name none. */
const key = `request_id || CASE WHEN coalesce("row", 0) > 0 THEN '#' || "row" ELSE '' END`

/** Whether data files are a prediction log: JSON Lines or Parquet of answers, or of labels that became known. */
export async function isPredictionLog(engine: Engine, files: readonly DataFile[]): Promise<boolean> {
  if (files.length === 0 || dataFormat(files) === 'csv') return false
  const { columns } = await openLog(engine, files)
  const has = (...wanted: readonly string[]) => wanted.every((name) => columns.has(name))
  return has('request_id', 'model', 'inputs', 'prediction') || has('request_id', 'kind', 'label')
}

/** The models whose answers are in a prediction log. */
export async function loggedModels(engine: Engine, files: readonly DataFile[]): Promise<string[]> {
  const { from } = await openLog(engine, files)
  const answered = 'inputs IS NOT NULL AND shadow_of IS NULL AND model IS NOT NULL'
  const found = await shortRows(engine, `SELECT DISTINCT model FROM ${from} WHERE ${answered} ORDER BY 1`)
  return found.map(([model]) => model as string)
}

/** A prediction log as tables. */
export interface LaidLog {
  /** Rows of answers that were laid out; there is no file where there are none. */
  readonly rows: number
  /** Labels that were laid out. */
  readonly labels: number
  /** Rows of answers by the version that gave them. */
  readonly versions: ReadonlyMap<string, number>
  /** How requests were answered; null where no request of the model is logged. */
  readonly requests: RequestMeasures | null
  /** Columns whose values were not logged. */
  readonly hidden: readonly string[]
  readonly findings: readonly Finding[]
}

/** The columns of the inputs with SQL types; what has several, or none, is text. */
async function columnsOf(engine: Engine, from: string): Promise<Map<string, string>> {
  const [[text]] = (await shortRows(
    engine,
    `SELECT CAST(json_group_structure(inputs) AS VARCHAR) AS s FROM ${from}`,
  )) as [[string]]
  const structure = JSON.parse(text) as Record<string, unknown>
  return new Map(
    Object.entries(structure).map(([name, type]) => [
      name,
      typeof type === 'string' && /^(U?BIGINT|DOUBLE|BOOLEAN)$/.test(type) ? type : 'VARCHAR',
    ]),
  )
}

async function hiddenColumns(engine: Engine, inputs: string, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const all = names.map((name) => `CAST(bool_and(${quoteName(name)} = ${quoteText(hiddenText)}) AS INTEGER)`)
  const values = (
    await shortRows(engine, `SELECT ${all.map((sql, i) => `${sql} AS c${i}`).join(', ')} FROM ${inputs}`)
  )[0]!
  return names.filter((_, index) => values[index] === 1)
}

/**
 * Lays a prediction log out as Parquet: the answers of a model, its inputs as columns beside `request_id`, `timestamp`,
 * `prediction` and `score`, and the labels that became known, `request_id` and a column of the name that is given. Shadows' answers
 * are left out, damaged lines are a finding.
 */
export async function layPredictionLog(
  engine: Engine,
  files: readonly DataFile[],
  wanted: { readonly model: string; readonly label: string },
  paths: { readonly rows: string; readonly labels: string },
): Promise<LaidLog> {
  const { from: log } = await openLog(engine, files)
  const answered = `inputs IS NOT NULL AND shadow_of IS NULL AND model = ${quoteText(wanted.model)}`
  const labelled = `kind = 'feedback' AND request_id IS NOT NULL`
  const [[rows, labels, damaged]] = (await shortRows(
    engine,
    `SELECT count(*) FILTER (${answered}) AS a, count(*) FILTER (${labelled}) AS l, count(*) FILTER (inputs IS NULL AND kind IS NULL AND coalesce(error, status) IS NULL) AS d FROM ${log}`,
  )) as [[number, number, number]]
  const versions = await shortRows(
    engine,
    `SELECT coalesce(version, '') AS v, CAST(count(*) AS DOUBLE) AS n FROM ${log} WHERE ${answered} GROUP BY 1 ORDER BY 1`,
  )
  const asked = `model = ${quoteText(wanted.model)} AND kind IS NULL AND shadow_of IS NULL AND coalesce("row", 0) = 0`
  const requests = await measureRequests(engine, {
    from: `${log} WHERE ${asked}`,
    time: timeSql("(timestamp->>'$')"),
    latency: "(latency_ms->>'$')",
    failed: failedSql("(status->>'$')", "(error->>'$')"),
    outcome: 'coalesce(status, error)',
    file: '"log file"',
  })
  const hidden: string[] = []
  if (rows > 0) {
    const from = `(SELECT * FROM ${log} WHERE ${answered})`
    const columns = await columnsOf(engine, from)
    const structure = quoteText(JSON.stringify(Object.fromEntries(columns)))
    const inputs = `(SELECT unnest(json_transform(inputs, ${structure})) FROM ${from})`
    const texts = [...columns].filter(([, type]) => type === 'VARCHAR').map(([name]) => name)
    hidden.push(...(await hiddenColumns(engine, inputs, texts)))
    const own = [
      ['request_id', key],
      ['timestamp', `epoch_ms(CAST(${timeSql("(timestamp->>'$')")} AS BIGINT))`],
      ['prediction', "prediction->>'$'"],
      ['score', 'score'],
    ].filter(([name]) => !columns.has(name!))
    const select = own.map(([name, sql]) => `${sql} AS ${quoteName(`own_${name}`)}`)
    const kept = [...columns.keys()].filter((name) => !hidden.includes(name)).map(quoteName)
    const named = own.map(([name]) => `${quoteName(`own_${name}`)} AS ${quoteName(name!)}`)
    await engine.execute(
      `COPY (SELECT ${[...kept, ...named].join(', ')} FROM (SELECT unnest(json_transform(inputs, ${structure})), ${select.join(', ')} FROM ${from})) TO ${quoteText(paths.rows)} (FORMAT parquet)`,
    )
  }
  if (labels > 0)
    await engine.execute(
      `COPY (SELECT ${key} AS request_id, label->>'$' AS ${quoteName(wanted.label)} FROM ${log} WHERE ${labelled}) TO ${quoteText(paths.labels)} (FORMAT parquet)`,
    )
  const lines = damaged === 1 ? 'One line' : `${damaged.toLocaleString('en')} lines`
  const message = `${lines} of the prediction log cannot be read: left out.`
  const facts = { level: 'warn', count: damaged, share: null } as const
  return {
    rows,
    labels,
    versions: new Map(versions as [string, number][]),
    requests: requests.requests > 0 ? requests : null,
    hidden,
    findings: damaged > 0 ? [fileFinding('log-line', message, null, facts)] : [],
  }
}
