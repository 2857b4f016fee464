import { Comparison, DriftReport, Evaluation, PackagedImage, type Refs, Run } from '@mlwright/domain'
import type { z } from 'zod'
import { type Newest, readNewest } from './read-newest.ts'
import { readRecord } from './read-record.ts'
import { RunPointer, recordPaths, recordsBranch } from './record-layout.ts'
import { isRunId } from './run-id.ts'

/** A run as the records branch keeps it. */
export interface StoredRun {
  readonly run: Run
  readonly evaluation: Evaluation | null
  readonly comparison: Comparison | null
  /** Parquet; null where they are not stored. */
  readonly predictions: Uint8Array | null
}

/** A run and what it is worth, without its predictions. */
export type ListedRun = Pick<StoredRun, 'run' | 'evaluation'>

/** One look of the monitoring at a model's data. */
export interface MonitoringPoint {
  readonly id: string
  readonly report: DriftReport
}

/** Reads what the records branch knows; every method answers null, or nothing, while there is no such branch. */
export class Records {
  readonly #refs: Refs

  constructor(refs: Refs) {
    this.#refs = refs
  }

  async salt(): Promise<string | null> {
    const bytes = await this.#refs.read(recordsBranch, recordPaths.salt)
    return bytes ? new TextDecoder().decode(bytes).trim() : null
  }

  async ofCommit(commit: string, model: string): Promise<StoredRun | null> {
    const path = recordPaths.commit(commit, model)
    const bytes = await this.#refs.read(recordsBranch, path)
    return bytes ? this.run(model, readRecord(RunPointer, bytes, path).run) : null
  }

  async run(model: string, id: string): Promise<StoredRun | null> {
    if (!isRunId(id)) return null
    const folder = recordPaths.run(model, id)
    const read = (name: string) => this.#refs.read(recordsBranch, `${folder}/${name}`)
    const run = await read('run.json')
    if (!run) return null
    const [evaluation, comparison, predictions] = await Promise.all([
      read('evaluation.json'),
      read('comparison.json'),
      read('predictions.parquet'),
    ])
    return {
      run: readRecord(Run, run, `${folder}/run.json`),
      evaluation: evaluation && readRecord(Evaluation, evaluation, `${folder}/evaluation.json`),
      comparison: comparison && readRecord(Comparison, comparison, `${folder}/comparison.json`),
      predictions,
    }
  }

  /** The container image of a version. */
  async image(model: string, version: string): Promise<PackagedImage | null> {
    return this.#record(PackagedImage, recordsBranch, recordPaths.image(model, version))
  }

  /** The newest run with these inputs that `accept` takes. */
  async withDigest(
    model: string,
    inputDigest: string,
    accept: (stored: StoredRun) => boolean = () => true,
  ): Promise<StoredRun | null> {
    const folder = recordPaths.run(model, '')
    const entries = await this.#refs.tree(recordsBranch, folder.slice(0, -1))
    const ids = new Set(entries.map((entry) => entry.path.slice(folder.length).split('/')[0] ?? ''))
    const candidates = [...ids].filter((id) => id.endsWith(`-${inputDigest.slice(0, 8)}`)).sort()
    for (const id of candidates.reverse()) {
      const stored = await this.run(model, id)
      if (stored?.run.input_digest === inputDigest && accept(stored)) return stored
    }
    return null
  }

  /** The last runs on a branch, oldest first. */
  async history(branch: string, model: string, length: number): Promise<RunPointer[]> {
    const head = await this.#head()
    const entries = await this.#refs.tree(head, recordPaths.branch(branch, model))
    const last = entries
      .map((entry) => entry.path)
      .sort()
      .slice(-length)
    const pointers = await Promise.all(
      last.map(async (path) => {
        const bytes = await this.#refs.read(head, path)
        return bytes && readRecord(RunPointer, bytes, path)
      }),
    )
    return pointers.filter((pointer) => pointer !== null)
  }
  /** The models that have runs or monitoring points, sorted. */
  async models(): Promise<string[]> {
    const entries = await this.#refs.tree(recordsBranch)
    const found = entries.flatMap(({ path }) => {
      const [, model, id] = recordOf.exec(path) ?? []
      return model !== undefined && isRunId(id ?? '') ? [model] : []
    })
    return [...new Set(found)].sort()
  }

  /** The newest runs of a model. */
  async runs(model: string, most: number): Promise<Newest<ListedRun>> {
    const head = await this.#head()
    const ids = await this.#ids(head, recordPaths.run(model, ''), /^([^/]+)\/run\.json$/)
    return readNewest(ids, most, async (id) => {
      const folder = recordPaths.run(model, id)
      const [run, evaluation] = await Promise.all([
        this.#record(Run, head, `${folder}/run.json`),
        this.#record(Evaluation, head, `${folder}/evaluation.json`),
      ])
      return run && { run, evaluation }
    })
  }

  /** The newest points of a model's monitoring history. */
  async monitoring(model: string, most: number): Promise<Newest<MonitoringPoint>> {
    const head = await this.#head()
    const folder = recordPaths.monitoring(model)
    const ids = await this.monitoringIds(model, head)
    return readNewest(ids, most, async (id) => {
      const report = await this.#record(DriftReport, head, `${folder}/${id}.json`)
      return report && { id, report }
    })
  }

  /** The ids of all points of a model's monitoring history. */
  async monitoringIds(model: string, head: string = recordsBranch): Promise<string[]> {
    return this.#ids(head, `${recordPaths.monitoring(model)}/`, /^([^/]+)\.json$/)
  }

  /** Where many files are read, the branch is looked up once and they are all of one moment. */
  async #head(): Promise<string> {
    return (await this.#refs.resolve(recordsBranch)) ?? recordsBranch
  }

  /** Ids in the names of a folder's files. */
  async #ids(head: string, folder: string, name: RegExp): Promise<string[]> {
    const entries = await this.#refs.tree(head, folder.slice(0, -1))
    const ids = entries.map(({ path }) => name.exec(path.slice(folder.length))?.[1] ?? '')
    return ids.filter(isRunId)
  }

  async #record<T>(schema: z.ZodType<T>, head: string, path: string): Promise<T | null> {
    const bytes = await this.#refs.read(head, path)
    return bytes && readRecord(schema, bytes, path)
  }
}

const recordOf = /^(?:runs|monitoring)\/(.+)\/([^/]+?)(?:\/run)?\.json$/
