import { describe, expect, test } from 'vitest'
import { expectWhole } from './races/invariants.ts'
import { racer } from './races/racers.ts'
import { Schedule } from './races/schedule.ts'
import { merged, planOf, promoted } from './races/start.ts'
import { copyWorld } from './races/world.ts'

const starts = { merged: await merged(), promoted: await promoted() }

/** `MLWRIGHT_TEST_SEED=17` plays one schedule again and prints it. */
const only = process.env.MLWRIGHT_TEST_SEED

async function play(seed: number, struck: number | null = null): Promise<Schedule> {
  const { from, deeds, chaos } = planOf(seed)
  const world = copyWorld(starts[from])
  const schedule = new Schedule(seed, world.clock, chaos, struck)
  try {
    const finishes = await schedule.run(deeds.map((deed, index) => racer(world, deed, 100 + index)))
    await expectWhole(world, deeds, finishes, schedule.faults + chaos.stalls)
  } catch (error) {
    throw new Error(`seed ${seed} of ${from}, ${JSON.stringify(chaos)}:\n${schedule.trace.join('\n')}`, {
      cause: error,
    })
  }
  return schedule
}

/** One that no fault has met is played again with a fault at one of its calls. */
async function disturbed(seed: number): Promise<Schedule> {
  const schedule = await play(seed)
  return schedule.faults > 0 ? schedule : play(seed, seed % schedule.calls)
}

describe('of two runs that are killed, fail or hang at any call and are started again, nothing is lost, doubled or half-written', () => {
  if (only)
    test(`seed ${only}`, async () => {
      throw new Error((await disturbed(Number(only))).trace.join('\n'))
    })
  else
    test.each([0, 500, 1000, 1500])('in 500 schedules from seed %i', async (first) => {
      for (let seed = first; seed < first + 500; seed++)
        expect((await disturbed(seed)).faults, `seed ${seed}`).toBeGreaterThan(0)
    })
})
