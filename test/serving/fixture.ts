import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openDataset, readTable } from '@mlwright/data'
import { type ColumnType, classCodes, classesOf } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { fit } from '@mlwright/learn'
import { type ServerOptions, startServer } from '@mlwright/serving'
import { startWorkerOf } from '@mlwright/serving/main'
import { onTestFinished } from 'vitest'

export const startWorker = startWorkerOf(fileURLToPath(new URL('worker-entry.mjs', import.meta.url)))
export const telcoPath = fileURLToPath(new URL('../../examples/telco-churn/data/telco-churn.csv', import.meta.url))

/** Keeps what is logged. */
export class MemorySink {
  text = ''
  async write(chunk: Buffer): Promise<void> {
    this.text += chunk.toString()
  }
  async close(): Promise<void> {}
  get lines(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  }
}

/** The telco data, and a model of churn that mlwright's own trainer fits on its first 3,000 rows. */
export async function telco(algorithm: 'gradient-boosting' | 'logistic-regression' = 'gradient-boosting') {
  const load = nativeLoader({ own: import.meta.url })
  const engine = duckDb({ load, temporaryFolder: '/tmp', threads: 1 })
  const opened = await openDataset(engine, {
    name: 'telco',
    files: [{ path: telcoPath, absolute: telcoPath, oid: '' }],
  })
  const columns = opened.dataset.columns
  const table = await readTable(
    engine,
    opened,
    columns.map(({ name }) => name),
  )
  await engine.close()
  const target = table.columns.get('churn')!
  const classes = classesOf(target, 'Yes')
  const features: { name: string; type: ColumnType }[] = columns.filter(({ name }) => name !== 'churn')
  const { model } = await fit(
    algorithm,
    algorithm === 'gradient-boosting' ? { rounds: 20 } : {},
    7,
    {
      table,
      rows: Int32Array.from({ length: 3000 }, (_, row) => row),
      validation: new Int32Array(0),
      labels: Float64Array.from(classCodes(target, classes)),
      task: 'classification',
      classes,
      features,
    },
    {},
  )
  const row = (at: number) =>
    Object.fromEntries(
      features.map(({ name, type }) => {
        const column = table.columns.get(name)!
        if (column.type === 'string')
          return [name, column.codes[at]! < 0 ? null : column.dictionary[column.codes[at]!]!]
        const value = column.values[at]!
        return [name, Number.isNaN(value) ? null : type === 'boolean' ? value === 1 : value]
      }),
    )
  return { model, row, rows: table.rows, features, classes }
}

/** Versions in memory. */
export const memorySource = (versions: Readonly<Record<string, Uint8Array>>) => ({
  versions: async () => Object.keys(versions),
  async read(version: string) {
    const file = versions[version]
    if (file) return file
    throw new Error(`no version ${version}`)
  },
})

/** A server on a free port of loopback that stops with the test. */
export async function serve(
  versions: Readonly<Record<string, Uint8Array>>,
  options: Partial<ServerOptions> & { sink?: MemorySink } = {},
) {
  const { sink = new MemorySink(), ...rest } = options
  const notes: string[] = []
  const server = await startServer({
    name: 'churn',
    source: memorySource(versions),
    start: startWorker,
    port: 0,
    host: '127.0.0.1',
    log: { sink },
    now: () => new Date(),
    note: (sentence) => notes.push(sentence),
    ...rest,
  })
  onTestFinished(() => server.stop(0.1))
  const url = `http://127.0.0.1:${server.port}`
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json' && text.startsWith('{')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null }
  }
  return { ...server, url, send, sink, notes }
}

export const readBytes = (path: string) => new Uint8Array(readFileSync(path))
