import {
  isPredictionLog,
  layPredictionLog,
  loggedModels,
  type OpenDataset,
  openDataset,
  type RequestMeasures,
} from '@mlwright/data'
import { type ColumnType, type Finding, type Ports, UserError } from '@mlwright/domain'
import { type DataFile, dataFiles, digestOf } from '../common/project.ts'
import { nameOf, openTable } from './reference.ts'
import type { MonitorSettings } from './settings.ts'

/** What production saw, and the labels that it came to know. */
export interface Seen {
  readonly table: OpenDataset
  readonly labels: OpenDataset | null
  /** True where the rows are answers that were logged. */
  readonly logged: boolean
  /** Columns whose values were not logged. */
  readonly hidden: readonly string[]
  /** How requests were answered, and by which versions, where the answers were logged. */
  readonly requests: RequestMeasures | null
  readonly versions: ReadonlyMap<string, number>
  readonly findings: readonly Finding[]
}

const logs = /\.((jsonl|ndjson|json)(\.gz)?|parquet|pq)$/i

type Types = ReadonlyMap<string, ColumnType>

function noLabels(source: string): Finding {
  const message = `No file matches ${source}, so no label has arrived; performance is estimated.`
  const facts = { column: null, location: null, count: null, share: null, examples: [] }
  return { rule: 'labels-missing', level: 'warn', message, ...facts }
}

/** The model that a log is of, where nothing says whose answers are wanted. */
async function onlyModel({ engine }: Pick<Ports, 'engine'>, source: string, files: readonly DataFile[]) {
  const [model = '', ...others] = await loggedModels(engine, files)
  if (others.length === 0) return model
  throw new UserError(
    'INPUT_INVALID',
    `The prediction log ${source} has answers of ${[model, ...others].join(', ')}; say with \`model\` which one of mlwright.yml is meant.`,
  )
}

/** Lays out a prediction log below `.mlwright/logs`; null where the files are none. */
async function openLog(ports: Ports, settings: MonitorSettings, source: string, types: Types) {
  const { engine, files } = ports
  const { label, target } = settings
  const paths = await files.glob(source)
  if (paths.length === 0 || !paths.every((path) => logs.test(path))) return null
  const found = await dataFiles(ports, source)
  if (!(await isPredictionLog(engine, found))) return null
  const model = settings.model ?? (await onlyModel(ports, source, found))
  const name = nameOf(source)
  const folder = `.mlwright/logs/${name.replace(/[^\w-]+/g, '-')}`
  await files.write(`${folder}/log.txt`, `${source}\n`)
  const path = (what: string) => `${folder}/${what}.parquet`
  const laidPaths = { rows: files.absolute(path('rows')), labels: files.absolute(path('labels')) }
  const wanted = { model, label: label ?? target ?? 'label' }
  const laid = await layPredictionLog(engine, found, wanted, laidPaths)
  const open = async (what: 'rows' | 'labels') =>
    openDataset(engine, {
      name,
      files: [{ path: path(what), absolute: laidPaths[what], oid: digestOf(found) }],
      types: what === 'rows' ? types : new Map(),
      uncounted: true,
    })
  return {
    ...laid,
    table: laid.rows > 0 ? await open('rows') : null,
    labels: laid.labels > 0 ? await open('labels') : null,
  }
}

/** Opens what production saw, and labels that arrived later: data files, or prediction logs. */
export async function openSeen(ports: Ports, settings: MonitorSettings, types: Types): Promise<Seen> {
  const { current, labels, model } = settings
  const log = await openLog(ports, settings, current, types)
  if (log && !log.table)
    throw new UserError(
      'DATA_UNUSABLE',
      model === undefined
        ? `The prediction log ${current} has no answer.`
        : `The prediction log ${current} has no answer of ${model}; the name that the server gives the model has to be the same.`,
    )
  const missing = labels !== undefined && model !== undefined && (await ports.files.glob(labels)).length === 0
  const source = missing ? undefined : labels
  const later = source === undefined ? null : await openLog(ports, settings, source, new Map())
  const given = source !== undefined && later === null ? await openTable(ports, source) : null
  return {
    table: log?.table ?? (await openTable(ports, current, types)),
    labels: given ?? later?.labels ?? log?.labels ?? null,
    logged: log !== null,
    hidden: log?.hidden ?? [],
    requests: log?.requests ?? null,
    versions: log?.versions ?? new Map(),
    findings: [...(log?.findings ?? []), ...(later?.findings ?? []), ...(missing ? [noLabels(labels)] : [])],
  }
}
