import type { Event } from '@mlwright/domain'
import { parseTag } from '@mlwright/registry'
import { type PromoteInputs, promote } from '../../actions/promote/promote.ts'
import { alone } from './races/racers.ts'
import { emptyWorld, merge, portsOf, pushEvent, type World } from './races/world.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** What the action gets where nothing is given. */
export const inputs: PromoteInputs = {
  config: 'mlwright.yml',
  workingDirectory: '.',
  model: undefined,
  version: undefined,
  stage: undefined,
  mode: undefined,
}

/** A repository with so many versions, and workflow runs that promote them. */
export async function repository(versions: number) {
  const empty = emptyWorld()
  const merges = []
  for (let number = 1; number <= versions; number++) merges.push(await merge(empty, number))
  const world: World = { ...empty, merges }
  for (const index of merges.keys()) await alone(world, { do: 'register', merge: index }, 1)
  const { state } = world
  let workflowRun = 100
  const event = (change: Partial<Event> = {}): Event => ({
    ...pushEvent(state.refs.heads.get('main')!, ++workflowRun, 1),
    ...change,
  })
  return {
    world,
    state,
    event,
    commit: (files: Readonly<Record<string, string>>) =>
      state.refs.commit('main', 'Edit', new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)]))),
    promote: async (mode: PromoteInputs['mode'], given: Partial<PromoteInputs> = {}, change: Partial<Event> = {}) =>
      promote({ ...inputs, ...given, mode }, portsOf(world, event(change))),
    tags: () => [...state.tags.keys()].filter((name) => parseTag(name)?.event !== 'registration').sort(),
    live: () =>
      [...state.deployments.values()]
        .filter((deployment) => deployment.state !== 'inactive')
        .map(({ payload, state: now }) => [payload?.tag, now]),
  }
}

/** Text of `models/churn/stages.yml`. */
export const stagesFile = (stages: Readonly<Record<string, string>>) =>
  `version: 1\nstages:\n${Object.entries(stages)
    .map(([stage, version]) => `  ${stage}: ${version}\n`)
    .join('')}`
