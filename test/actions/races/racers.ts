import { interceptPorts } from '@mlwright/action'
import { type Ports, UserError } from '@mlwright/domain'
import { moveStage } from '../../../actions/promote/move-stage.ts'
import { propose } from '../../../actions/promote/propose.ts'
import { deregister, unassign } from '../../../actions/promote/retire.ts'
import { rollBack } from '../../../actions/promote/roll-back.ts'
import { register } from '../../../actions/register/register.ts'
import type { Racer } from './schedule.ts'
import { candidateFiles, config, portsOf, pushEvent, type World } from './world.ts'

/** Everything that is a call to GitHub. */
const api = [
  'tags',
  'releases',
  'deployments',
  'workflows',
  'refs',
  'pulls',
  'comments',
  'checks',
] as const satisfies (keyof Ports)[]

export type Deed =
  | { readonly do: 'register'; readonly merge: number }
  | { readonly do: 'move' | 'propose'; readonly version: string; readonly stage: string }
  | { readonly do: 'deregister'; readonly version: string }
  | { readonly do: 'roll back' | 'unassign'; readonly stage: string }

export const settings = { config: 'mlwright.yml', prefix: '', bump: 'auto', version: undefined } as const

async function act(world: World, deed: Deed, ports: Ports): Promise<unknown> {
  const model = 'churn'
  switch (deed.do) {
    case 'register':
      return register({ ...ports, files: await candidateFiles(world.merges[deed.merge]!) }, settings)
    case 'move':
      return moveStage(ports, config, { model, version: deed.version, stage: deed.stage })
    case 'propose':
      return propose(ports, config, '', { model, version: deed.version, stage: deed.stage })
    case 'roll back':
      return rollBack(ports, config, { model, version: undefined, stage: deed.stage })
    case 'deregister':
      return deregister(ports, config, model, deed.version)
    case 'unassign':
      return unassign(ports, config, model, deed.stage)
  }
}

/** A workflow run that does one thing; `id` is what GitHub numbers it by. */
export function racer(world: World, deed: Deed, id: number): Racer {
  const commit = world.merges['merge' in deed ? deed.merge : 0]!.commit
  return {
    name: `${JSON.stringify(deed)} in run ${id}`,
    start: (attempt, around, clock) =>
      act(world, deed, { ...interceptPorts(portsOf(world, pushEvent(commit, id, attempt)), api, around), clock }),
  }
}

/** The same without anything in its way; what it refuses is not done. */
export async function alone(world: World, deed: Deed, id: number, attempt = 1): Promise<void> {
  const commit = world.merges['merge' in deed ? deed.merge : 0]!.commit
  try {
    await act(world, deed, portsOf(world, pushEvent(commit, id, attempt)))
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'INPUT_INVALID') throw error
  }
}
