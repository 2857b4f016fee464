import { type OpenDataset, openDataset, quoteName, quoteText } from '@mlwright/data'
import { nearest, type Ports, UserError, type Verdict, version } from '@mlwright/domain'
import { batchScorer, type Signature } from '@mlwright/serving'
import { modelFile } from '../common/model-file.ts'
import { sha256 } from '../common/sha256.ts'
import { dataOf } from './data-of.ts'
import { openParts, predictionColumns } from './part-files.ts'
import { queryRows } from './query-rows.ts'
import { partRows, scoreParts } from './score-parts.ts'
import { shardOf } from './shard-of.ts'

export interface PredictInputs {
  readonly data: string
  readonly query?: string | undefined
  readonly modelPath?: string | undefined
  readonly run?: string | undefined
  readonly output: string
  readonly columns: string
  readonly shard?: string | undefined
  readonly config: string
  readonly model?: string | undefined
}

/** What was scored, and where the predictions are. */
export interface Predicted {
  readonly path: string
  readonly rows: number
  readonly verdict: Verdict
  readonly message: string
  readonly noun: unknown
}

/** The columns of the data that go with the predictions. */
function keptColumns(wanted: string, opened: OpenDataset, added: readonly string[]): string[] {
  const names = opened.dataset.columns.map(({ name }) => name)
  const listed = wanted.split(',').map((name) => name.trim())
  const kept = wanted === 'all' ? names : wanted === 'none' ? [] : listed
  const unknown = kept.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const near = nearest(unknown, names)
    const hint = near ? `; did you mean ${near}?` : '.'
    throw new UserError('INPUT_INVALID', `The input \`columns\` names ${unknown}, which the data does not have${hint}`)
  }
  const taken = kept.find((name) => added.some((other) => other.toLowerCase() === name.toLowerCase()))
  if (taken === undefined) return kept
  throw new UserError(
    'INPUT_INVALID',
    `The data has a column ${taken}, as the predictions do; list the columns that are to be kept in \`columns\`.`,
  )
}

/** Where the rows of a query stand until they are scored. */
const queried = (output: string) => `${output}.query.parquet`

async function open(inputs: PredictInputs, signature: Signature, ports: Ports): Promise<OpenDataset> {
  const { data, query, output } = inputs
  const found = await dataOf(data, ports)
  const files = query === undefined ? found : [await queryRows(ports, found, query, queried(output))]
  const types = signature.task === null ? null : new Map(signature.columns.map(({ name, type }) => [name, type]))
  const opened = await openDataset(ports.engine, { name: 'data', files, ...(types && { types }) })
  if (opened.dataset.rows > 0) {
    const names = opened.dataset.columns.map(({ name }) => name)
    const missing = signature.columns.find(({ name }) => !names.includes(name))
    if (!missing) return opened
    const near = nearest(missing.name, names)
    const hint = near ? `; did you mean ${near}?` : '.'
    throw new UserError(
      'DATA_UNUSABLE',
      `The model asks for the column ${missing.name}, which ${query === undefined ? data : 'the query'} does not have${hint}`,
    )
  }
  if (query !== undefined) {
    await ports.files.remove(queried(output))
    throw new UserError('DATA_UNUSABLE', `The input \`query\` gives no rows of ${data}.`)
  }
  const why = opened.findings[0]?.message ?? 'It has no rows.'
  throw new UserError('DATA_UNUSABLE', `${data} cannot be scored: ${why}`)
}

/** Scores data with a model and writes Parquet: DuckDB reads, onnxruntime answers, part by part. */
export async function predict(inputs: PredictInputs, ports: Ports): Promise<Predicted> {
  const { engine, files, progress } = ports
  if (!inputs.output.endsWith('.parquet'))
    throw new UserError('INPUT_INVALID', `The input \`output\` is ${inputs.output}; it has to end in .parquet.`)
  const model = await modelFile(inputs, ports)
  const session = await ports.sessions.open(model.bytes)
  try {
    const scorer = batchScorer(session)
    const { signature, scored, numeric } = scorer
    const opened = await progress.during(`Reading ${inputs.data}`, () => open(inputs, signature, ports))
    const columns = keptColumns(inputs.columns, opened, predictionColumns(signature.classes, scored))
    const range = shardOf(inputs.shard, opened.dataset.rows)
    const rows = range.end - range.start
    if (rows === 0)
      throw new UserError(
        'INPUT_INVALID',
        `The shard ${inputs.shard} has no rows: there are only ${opened.dataset.rows}.`,
      )
    const digest = sha256(model.bytes)
    const parts = await openParts(ports, {
      folder: `${inputs.output}.parts`,
      inputs: { version, model: digest, data: opened.dataset.digest, range, partRows },
      parts: Math.ceil(rows / partRows),
      classes: signature.classes,
      numeric,
      scored,
    })
    const { kept } = await progress.during(`Predicting ${rows.toLocaleString('en-US')} rows`, (update) =>
      scoreParts(engine, opened, scorer, range, parts, (done) => update(`${done.toLocaleString('en-US')} done`)),
    )
    const own = `(SELECT ${columns.map(quoteName).join(', ')} FROM ${opened.from} LIMIT ${rows} OFFSET ${range.start})`
    const from = columns.length === 0 ? parts.from : `${own} POSITIONAL JOIN ${parts.from}`
    await progress.during(`Writing ${inputs.output}`, () =>
      engine.execute(
        `COPY (SELECT * FROM ${from}) TO ${quoteText(files.absolute(inputs.output))} (FORMAT parquet, COMPRESSION zstd)`,
      ),
    )
    await parts.remove()
    if (inputs.query !== undefined) await files.remove(queried(inputs.output))
    const doubts = opened.findings.map(({ message }) => message)
    const again = kept > 0 ? `, ${kept.toLocaleString('en-US')} of them before` : ''
    return {
      path: inputs.output,
      rows,
      verdict: doubts.length > 0 ? 'warn' : 'pass',
      message: [
        `${rows.toLocaleString('en-US')} rows were scored${again}; the predictions are in ${inputs.output}.`,
        ...doubts,
      ].join('\n'),
      noun: { kind: 'Predictions', version: 1, model: digest, data: opened.dataset.digest, rows, path: inputs.output },
    }
  } finally {
    await session.close()
  }
}
