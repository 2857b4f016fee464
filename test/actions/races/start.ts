import { randomBelow, xoshiro128 } from '@mlwright/stats'
import { alone, type Deed } from './racers.ts'
import type { Chaos } from './schedule.ts'
import { emptyWorld, merge, type World } from './world.ts'

/** Four merges and no version. */
export async function merged(): Promise<World> {
  const world = emptyWorld()
  const merges = []
  for (const number of [1, 2, 3, 4]) merges.push(await merge(world, number))
  return { ...world, merges }
}

/** Of them two are registered, and were in production one after the other. */
export async function promoted(): Promise<World> {
  const world = await merged()
  for (const number of [0, 1]) {
    await alone(world, { do: 'register', merge: number }, 1)
    world.clock.time = new Date(world.clock.time.getTime() + 60_000)
    await alone(world, { do: 'move', version: `v0.0.${number + 1}`, stage: 'production' }, 1)
  }
  return { ...world, before: { registered: [0, 1], counted: 2, started: 2 } }
}

const registering: readonly Deed[] = [0, 1, 2, 3].map((number) => ({ do: 'register', merge: number }))
const promoting: readonly Deed[] = ['v0.0.1', 'v0.0.2'].flatMap((version) => [
  { do: 'move', version, stage: 'staging' },
  { do: 'move', version, stage: 'production' },
  { do: 'propose', version, stage: 'production' },
])
const all: readonly Deed[] = [
  ...promoting,
  ...promoting,
  { do: 'register', merge: 1 },
  { do: 'register', merge: 2 },
  { do: 'register', merge: 3 },
  { do: 'roll back', stage: 'production' },
  { do: 'unassign', stage: 'production' },
  { do: 'deregister', version: 'v0.0.2' },
]

/** Those that want different things of one stage. */
const rivals: readonly (readonly Deed[])[] = [
  [
    { do: 'move', version: 'v0.0.1', stage: 'staging' },
    { do: 'move', version: 'v0.0.2', stage: 'staging' },
  ],
  [
    { do: 'move', version: 'v0.0.1', stage: 'production' },
    { do: 'move', version: 'v0.0.2', stage: 'production' },
    { do: 'roll back', stage: 'production' },
    { do: 'unassign', stage: 'production' },
    { do: 'deregister', version: 'v0.0.2' },
  ],
]

export interface Plan {
  readonly from: 'merged' | 'promoted'
  readonly deeds: readonly Deed[]
  readonly chaos: Chaos
}

/** What a seed lets happen: two runs, of ten three; a late call in a third. */
export function planOf(seed: number): Plan {
  const random = xoshiro128(seed)
  const below = (limit: number) => randomBelow(random, limit)
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!
  const from = below(3) === 0 ? 'merged' : 'promoted'
  const count = below(10) === 0 ? 3 : 2
  const pool = from === 'merged' ? registering : pick([promoting, all, ...rivals])
  const deeds = Array.from({ length: count }, () => pick(pool))
  const same = below(4) === 0 ? deeds.map(() => deeds[0]!) : deeds
  const chaos = {
    faults: 1 + below(4),
    rate: pick([10, 30, 100, 300]),
    stalls: Number(below(3) === 0),
    pace: pick([10, 700]),
    pause: pick([1, 60_000, 20 * 60_000]),
  }
  return { from, deeds: same, chaos }
}
