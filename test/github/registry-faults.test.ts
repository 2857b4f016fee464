import { createHash } from 'node:crypto'
import { memoryPorts } from '@mlwright/action'
import { type Ports, UserError } from '@mlwright/domain'
import { readSums } from '@mlwright/registry'
import { expect, test } from 'vitest'
import { moveStage } from '../../actions/promote/move-stage.ts'
import { register } from '../../actions/register/register.ts'
import { settings } from '../actions/races/racers.ts'
import { candidateFiles, config, merge, pushEvent } from '../actions/races/world.ts'
import { commitTo, github, portsOf } from './fixture.ts'

const deploy = 'on: { workflow_dispatch: { inputs: { model: {}, version: {}, stage: {}, tag: {} } } }\njobs: {}\n'
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

/** A repository on the double with one merge; each piece of work is the next attempt of one workflow run after it. */
async function repository() {
  const double = await github({ owner: 'memory', name: 'churn' })
  await commitTo(double, 'main', { '.github/workflows/deploy.yml': deploy })
  const asked = portsOf(double)
  const made = await merge({ state: asked }, 1)
  const { comments, checks, deployments, issues, pulls, refs, releases, tags, workflows } = asked
  const api = { comments, checks, deployments, issues, pulls, refs, releases, tags, workflows }
  let attempt = 0
  const ports = (): Ports => memoryPorts({ ...api, event: pushEvent(made.commit, 9, ++attempt) })
  return {
    ...api,
    double,
    made,
    register: async () => register({ ...ports(), files: await candidateFiles(made) }, settings),
    move: () => moveStage(ports(), config, { model: 'churn', version: undefined, stage: 'production' }),
  }
}

type Repository = Awaited<ReturnType<typeof repository>>
type Work = 'register' | 'move'

/** What of a request's address says what it does: `/git/tags`, `/releases/7/assets`. */
const kindOf = (path: string) => path.replace(/\?.*|^\/uploads|\/repos\/memory\/churn/g, '').replace(/\d+/g, '7')

interface Place {
  readonly kind: string
  /** Requests of the kind before it. */
  readonly after: number
}

/** The first and the last POST request of each kind that the work sends where nothing fails. */
async function places(here: Repository, work: Work): Promise<Place[]> {
  const before = here.double.state.requests.length
  await here[work]()
  const sent = here.double.state.requests.slice(before).filter(({ method }) => method === 'POST')
  const counts = new Map<string, number>()
  for (const { path } of sent) counts.set(kindOf(path), (counts.get(kindOf(path)) ?? 0) + 1)
  return [...counts].flatMap(([kind, count]) => [...new Set([0, count - 1])].map((after) => ({ kind, after })))
}

/** Does the work while the answer to one request is lost each time that it is asked; then again. */
async function lose(here: Repository, work: Work, { kind, after }: Place): Promise<void> {
  const path = new RegExp(`${kind.replaceAll('7', '\\d+')}$`)
  here.double.fail({ method: 'POST', path, after, times: 5 }, { close: 'after' })
  await here[work]().catch((error: unknown) => {
    if (!(error instanceof UserError) || error.code !== 'API_FAILED') throw error
  })
  expect(here.double.state.requests.filter(({ status }) => status === 0).length, kind).toBe(5)
  await here[work]()
}

test('a version whose registration failed at any kind of request is completed by the rerun, and there once', async () => {
  const all = await places(await repository(), 'register')
  for (const place of all) {
    const here = await repository()
    await lose(here, 'register', place)
    expect((await here.tags.list()).map(({ name, commit }) => [name, commit])).toEqual([
      ['churn@v0.0.1', here.made.commit],
    ])
    const [release, ...others] = await here.releases.list()
    expect(others, place.kind).toEqual([])
    expect(release).toMatchObject({ tag: 'churn@v0.0.1', draft: false })
    const content = new Map<string, Uint8Array>()
    for (const { id, name } of release!.assets) content.set(name, await here.releases.download(id))
    const sums = readSums(new TextDecoder().decode(content.get('SHA256SUMS')))
    expect([...sums.keys(), 'SHA256SUMS'].sort()).toEqual([...content.keys()].sort())
    for (const [name, digest] of sums) expect(sha256(content.get(name)!), name).toBe(digest)
    expect(sums.get('model.onnx')).toBe(here.made.run.model_file!.digest)
  }
  expect(all.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['/git/tags', '/git/refs', '/releases', '/releases/7/assets']),
  )
}, 300_000)

test('a move that failed at any kind of request is completed by the rerun, and done once', async () => {
  const before = await repository()
  await before.register()
  const all = await places(before, 'move')
  for (const place of all) {
    const here = await repository()
    await here.register()
    await lose(here, 'move', place)
    const stages = (await here.tags.list()).flatMap(({ name }) => (name.includes('#') ? [name] : []))
    expect(stages, place.kind).toEqual(['churn#production#1'])
    const live = (await here.deployments.list('production')).filter(({ state }) => state !== 'inactive')
    expect(live).toMatchObject([{ state: 'success', payload: { tag: 'churn#production#1' } }])
    expect(here.double.state.dispatches.length).toBeGreaterThan(0)
  }
  expect(all.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['/git/tags', '/deployments', '/deployments/7/statuses']),
  )
}, 300_000)
