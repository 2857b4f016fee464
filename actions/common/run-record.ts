import { type Ports, type Run, version, type WorkingCopy } from '@mlwright/domain'
import { runId } from '@mlwright/tracking'
import type { ModelData } from './model-data.ts'
import type { ModelInputs } from './model-inputs.ts'
import { sha256 } from './sha256.ts'

/** What came out of a trainer. */
export interface Fit {
  /** ONNX bytes; null where it failed. */
  readonly model: Uint8Array | null
  readonly importance: Run['importance']
  readonly reported_metrics: Run['reported_metrics']
  readonly failure: string | null
  readonly seconds: number
}

/** A trainer that left nothing, and why. */
export function failedFit(failure: string, seconds = 0): Fit {
  return { model: null, importance: [], reported_metrics: {}, failure, seconds }
}

/** Describes a run from git, the data and what the trainer left. */
export async function runRecord(
  ports: Pick<Ports, 'clock'> & { readonly cpus: number },
  copy: Pick<WorkingCopy, 'git'>,
  inputs: ModelInputs,
  /** Null where the data could not be read. */
  data: ModelData | null,
  fit: Fit,
  facts: { readonly started: Date; readonly cacheHit: boolean },
): Promise<Run> {
  const { model } = inputs
  const head = await copy.git.head()
  return {
    kind: 'Run',
    version: 1,
    id: runId(facts.started, inputs.inputDigest),
    model: inputs.name,
    input_digest: inputs.inputDigest,
    dataset: {
      ...(data?.opened.dataset ?? {
        name: model.dataset,
        files: inputs.files.map((file) => file.path),
        rows: 0,
        columns: [],
      }),
      digest: inputs.dataDigest,
    },
    task: model.task,
    target: model.target,
    classes: [...(data?.classes ?? [])],
    features: (data?.features ?? []).map(({ name, type }) => ({ name, type })),
    split: model.split,
    key: [...inputs.key],
    rows: { train: data?.train.length ?? 0, validation: data?.validation.length ?? 0, test: data?.test.length ?? 0 },
    train: model.train,
    model_file: fit.model && { digest: sha256(fit.model), bytes: fit.model.length },
    importance: fit.importance,
    reported_metrics: fit.reported_metrics,
    failure: fit.failure,
    code: {
      commit: head.commit,
      dirty: head.dirty,
      author: head.author,
      script: 'command' in model.train ? model.train.command : model.train.algorithm,
    },
    environment: {
      mlwright: version,
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
      cpus: ports.cpus,
    },
    started: facts.started.toISOString(),
    seconds: { total: (ports.clock.now().getTime() - facts.started.getTime()) / 1000, fit: fit.seconds },
    cache_hit: facts.cacheHit,
    stamp: null,
  }
}
