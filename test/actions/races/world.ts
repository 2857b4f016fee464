import { createHash } from 'node:crypto'
import {
  MemoryChecks,
  MemoryClock,
  MemoryComments,
  MemoryFiles,
  MemoryGit,
  MemoryGitHub,
  memoryPorts,
} from '@mlwright/action'
import {
  type Config,
  type Evaluation,
  type Event,
  type Ports,
  parseConfig,
  type Refs,
  type Run,
} from '@mlwright/domain'
import { recordText, runId } from '@mlwright/tracking'
import { modelInputs } from '../../../actions/common/model-inputs.ts'
import { type Candidate, writeCandidate } from '../../../actions/register/candidate.ts'
import { evaluation, run } from '../../report/fixtures.ts'

export const configText = `version: 1
project: { name: telco-churn }
datasets: { customers: { source: data/telco.csv } }
models:
  churn:
    dataset: customers
    task: classification
    target: churn
    train: { algorithm: gradient-boosting }
    evaluate: { gates: { roc_auc: { min: 0.8 } } }
registry: { stages: { production: { workflow: deploy.yml }, staging: {} } }
`
export const config: Config = parseConfig(configText, 'mlwright.yml')

/** A merged commit, and the run that is to be released with it. */
export interface Merge {
  readonly commit: string
  readonly run: Run
  readonly evaluation: Evaluation
  readonly model: Uint8Array
}

/** What several workflow runs share. */
export interface World {
  readonly state: MemoryGitHub
  readonly clock: MemoryClock
  readonly comments: MemoryComments
  readonly checks: MemoryChecks
  readonly merges: readonly Merge[]
  /** What was there at the start: merges with a version, and the number of tags with a counter and of started workflows. */
  readonly before: { readonly registered: readonly number[]; readonly counted: number; readonly started: number }
}

const bytes = (text: string) => new TextEncoder().encode(text)

/** A merge whose data differ from those before it; `change` alters its run. */
export async function merge(
  world: { readonly state: { readonly refs: Pick<Refs, 'commit'> } },
  number: number,
  change: Partial<Run> = {},
): Promise<Merge> {
  const tree = { 'mlwright.yml': configText, 'data/telco.csv': `tenure,churn\n${number},Yes\n` }
  const files = new Map(Object.entries(tree).map(([path, text]) => [path, bytes(text)]))
  const commit = await world.state.refs.commit('main', `Merge ${number}`, files)
  const copy = new MemoryFiles(tree)
  const { inputDigest } = await modelInputs({ files: copy, git: new MemoryGit(copy) }, config, 'churn')
  const id = runId(new Date(Date.UTC(2026, 4, 11, 9, number)), inputDigest)
  const model = bytes(`model ${number}`)
  const digest = createHash('sha256').update(model).digest('hex')
  return {
    commit,
    model,
    run: { ...run, id, input_digest: inputDigest, model_file: { digest, bytes: model.length }, stamp: null, ...change },
    evaluation: { ...evaluation, run: id, curves: null, slices: [], findings: [] },
  }
}

export function emptyWorld(): World {
  const clock = new MemoryClock()
  const state = new MemoryGitHub({ clock })
  return {
    state,
    clock,
    comments: new MemoryComments(),
    checks: new MemoryChecks(),
    merges: [],
    before: { registered: [], counted: 0, started: 0 },
  }
}

/** A world of its own with the same content. */
export function copyWorld(from: World): World {
  const clock = new MemoryClock(from.clock.now())
  const state = new MemoryGitHub({ clock, pulls: from.state.pulls })
  const copy = <Key, Value>(to: Map<Key, Value>, values: ReadonlyMap<Key, Value>) => {
    for (const [key, value] of values) to.set(key, value)
  }
  copy(state.refs.commits, from.state.refs.commits)
  copy(state.refs.heads, from.state.refs.heads)
  copy(state.tags, from.state.tags)
  copy(state.releases, from.state.releases)
  copy(state.assets, from.state.assets)
  copy(state.deployments, from.state.deployments)
  copy(state.environments, from.state.environments)
  state.dispatches.push(...from.state.dispatches)
  while (state.nextId() < 1000);
  return { ...from, state, clock, comments: new MemoryComments(), checks: new MemoryChecks() }
}

/** A push to main on GitHub. */
export function pushEvent(commit: string, workflowRun: number, attempt: number): Event {
  return {
    name: 'push',
    repository: { owner: 'memory', name: 'churn', id: 1, private: false },
    commit,
    branch: 'main',
    defaultBranch: 'main',
    headCommit: commit,
    baseCommit: null,
    pullRequest: null,
    origin: null,
    run: { id: workflowRun, attempt, url: `https://github.com/memory/churn/actions/runs/${workflowRun}` },
    actor: 'ada',
    serverUrl: 'https://github.com',
  }
}

/** The ports of one attempt of a workflow run. */
export function portsOf(world: World, event: Event, files = new MemoryFiles()): Ports {
  return memoryPorts({ event, files, comments: world.comments, checks: world.checks }, world.state)
}

/** What the job that may only read has left: the candidate of a merge, with its run, model and signature. */
export async function candidateFiles(
  { commit, run, evaluation, model }: Merge,
  signature: Candidate['signature'] = { inputs: [], outputs: [] },
): Promise<MemoryFiles> {
  const folder = `.mlwright/runs/${run.id}`
  const files = new MemoryFiles({
    [`${folder}/run.json`]: recordText(run),
    [`${folder}/evaluation.json`]: recordText(evaluation),
    [`${folder}/model.onnx`]: model,
  })
  await writeCandidate(files, {
    model: run.model,
    commit,
    run: run.id,
    position: 0,
    retrained: null,
    champion: null,
    signature,
  })
  return files
}
