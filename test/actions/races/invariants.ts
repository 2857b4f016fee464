import { createHash } from 'node:crypto'
import { parseTag, registrationNote, registryEvents, registryState } from '@mlwright/registry'
import { recordPaths, recordsBranch } from '@mlwright/tracking'
import { expect } from 'vitest'
import type { Deed } from './racers.ts'
import type { Finish } from './schedule.ts'
import type { World } from './world.ts'

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const text = (content: Uint8Array | null) => new TextDecoder().decode(content ?? new Uint8Array())
/** SHA256SUMS lists the rest. */
const needed = ['SHA256SUMS', 'evaluation.json', 'model-card.md', 'model.onnx', 'provenance.intoto.jsonl', 'run.json']

const stateOf = ({ state }: World) => registryState(registryEvents(state.tags.values())).models.churn

/** One version for each commit that was registered, and nothing else. */
function expectVersions({ state, merges }: World, registered: ReadonlySet<number>): void {
  const tags = [...state.tags.values()].filter(({ name }) => parseTag(name)?.event === 'registration')
  const wanted = [...registered].map((merge) => merges[merge]!.commit)
  expect(tags.map(({ commit }) => commit).sort()).toEqual(wanted.sort())
  for (const { commit, message } of tags) {
    const { run } = merges.find((merge) => merge.commit === commit)!
    const { id, input_digest: inputDigest, model_file } = run
    expect(registrationNote(message)).toEqual({ run: id, inputDigest, modelDigest: model_file!.digest })
  }
}

/** One published release for each version, whole; no draft, and no file that belongs to none. */
async function expectReleases({ state, merges }: World): Promise<void> {
  const releases = [...state.releases.values()]
  const tags = [...state.tags.values()].filter(({ name }) => parseTag(name)?.event === 'registration')
  expect(releases.filter(({ draft }) => draft)).toEqual([])
  expect(releases.map(({ tag }) => tag).sort()).toEqual(tags.map(({ name }) => name).sort())
  for (const { tag, assets, body } of releases) {
    const { commit } = state.tags.get(tag)!
    const merge = merges.find((other) => other.commit === commit)!
    const content = new Map(assets.map(({ id, name }) => [name, state.assets.get(id)!]))
    const sums = [...content].filter(([name]) => name !== 'SHA256SUMS')
    expect([...content.keys()]).toEqual(expect.arrayContaining(needed))
    const expected = new Set(sums.map(([name, bytes]) => `${sha256(bytes)}  ${name}`))
    expect(new Set(text(content.get('SHA256SUMS')!).trim().split('\n'))).toEqual(expected)
    expect(content.get('model.onnx')).toEqual(merge.model)
    expect(text(content.get('model-card.md')!)).toContain(commit)
    const stored = await state.refs.read(recordsBranch, `${recordPaths.run('churn', merge.run.id)}/run.json`)
    expect(text(stored)).toBe(text(content.get('run.json')!))
    const pointer = await state.refs.read(recordsBranch, recordPaths.commit(commit, 'churn'))
    expect(JSON.parse(text(pointer))).toMatchObject({ commit, run: merge.run.id })
    const first = tag === 'churn@v0.0.1' ? 'it is the first version' : 'signature, algorithm and columns are the same'
    expect(body).toContain(first)
  }
  const kept = releases.flatMap(({ assets }) => assets.map(({ id }) => id))
  expect([...state.assets.keys()].sort()).toEqual(kept.sort())
}

/** Every counter once, in the order of time, and the last event decides. */
function expectStages(world: World, deeds: readonly Deed[], finishes: readonly Finish[]): void {
  const counted = [...world.state.tags.values()]
    .map(({ name, at, commit }) => ({ name, at, commit, ...parseTag(name)! }))
    .filter(({ counter }) => counter !== null)
    .sort((a, b) => a.counter! - b.counter!)
  expect(counted.map(({ counter }) => counter)).toEqual(counted.map((_, index) => index + 1))
  for (const [index, { at }] of counted.entries()) expect(at).toBeGreaterThan(counted[index - 1]?.at ?? 0)
  const changing = deeds.filter((deed) => ['move', 'roll back', 'unassign'].includes(deed.do)).length
  const made = counted.length - world.before.counted
  expect(made).toBeLessThanOrEqual(changing)
  for (const [index, deed] of deeds.entries())
    if (deed.do === 'move' && finishes[index]!.refused === null) {
      const { commit } = world.merges[Number(deed.version.at(-1)) - 1]!
      expect(counted.some((tag) => tag.stage === deed.stage && tag.commit === commit)).toBe(true)
    }
}

/** A stage that a workflow run moved has one live Deployment, of the tag that decides, and its workflow was started. */
function expectDeployments(world: World, faults: number): void {
  const { state } = world
  const stages = stateOf(world)?.stages ?? {}
  const all = [...state.deployments.values()]
  for (const environment of ['production', 'staging']) {
    const live = all.filter((other) => other.environment === environment && other.state !== 'inactive')
    const last = [...state.tags.values()]
      .map(({ name, commit }) => ({ name, commit, ...parseTag(name) }))
      .filter(({ event, stage }) => event === 'assignment' && stage === environment)
      .sort((a, b) => b.counter! - a.counter!)
    const held = last.find(({ commit }) =>
      stateOf(world)?.versions.some((other) => other.commit === commit && other.version === stages[environment]),
    )
    if (held)
      expect(live).toMatchObject([{ state: 'success', payload: { tag: held.name, version: stages[environment] } }])
    else expect(live.length).toBeLessThanOrEqual(1)
  }
  const tagsOf = (dispatches: typeof state.dispatches) => dispatches.map(({ inputs }) => inputs.tag!)
  const started = tagsOf(state.dispatches)
  for (const { environment, state: at, payload } of all)
    if (environment === 'production' && at === 'success') expect(started).toContain(payload!.tag)
  for (const tag of started) expect(state.tags.has(tag)).toBe(true)
  const now = tagsOf(state.dispatches.slice(world.before.started))
  expect(now.length - new Set(now).size).toBeLessThanOrEqual(faults)
}

/** One branch, one pull request and one comment for a proposal, and they say the same. */
async function expectProposal({ state, comments, checks }: World, proposed: boolean): Promise<void> {
  const pulls = state.pulls.filter(({ open }) => open)
  expect(pulls.length).toBe(proposed ? 1 : 0)
  for (const { title, head, number } of pulls) {
    const file = text(await state.refs.read(head.branch, 'models/churn/stages.yml'))
    const version = /production: (v[\d.]+)/.exec(file)?.[1]
    expect(title).toBe(`Promote churn ${version} to production`)
    const commit = state.refs.heads.get(head.branch)!
    const { parent } = state.refs.commits.get(commit)!
    expect(parent).toBe(state.refs.heads.get('main'))
    expect(comments.comments.map(({ pullRequest }) => pullRequest)).toEqual([number])
    expect([...checks.published.values()].filter((check) => check.commit === commit).length).toBe(1)
  }
}

/** Holds the world to everything that must be so when all runs have ended. */
export async function expectWhole(
  world: World,
  deeds: readonly Deed[],
  finishes: readonly Finish[],
  faults: number,
): Promise<void> {
  for (const { refused } of finishes) expect(refused ?? '').not.toMatch(/^bug/)
  const registered = new Set(world.before.registered)
  for (const deed of deeds) if (deed.do === 'register') registered.add(deed.merge)
  expectVersions(world, registered)
  await expectReleases(world)
  expectStages(world, deeds, finishes)
  expectDeployments(world, faults)
  const proposed = deeds.some((deed, index) => deed.do === 'propose' && finishes[index]!.refused === null)
  if (proposed || !deeds.some(({ do: what }) => what === 'propose')) await expectProposal(world, proposed)
  const leases = [...world.state.refs.heads.keys()].filter((branch) => branch.startsWith('mlwright-lease-'))
  expect(leases.length).toBeLessThanOrEqual(faults)
}
