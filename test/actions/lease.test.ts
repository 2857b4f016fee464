import { interceptPorts, MemoryClock, MemoryGitHub, memoryPorts } from '@mlwright/action'
import type { Ports } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { withLease } from '../../actions/common/lease.ts'
import { pushEvent } from './races/world.ts'

const minutes = (count: number) => count * 60_000

/** Workflow runs of one repository. */
function repository() {
  const clock = new MemoryClock()
  const state = new MemoryGitHub({ clock })
  return {
    clock,
    state,
    run: (id: number, attempt = 1): Ports => memoryPorts({ event: pushEvent('a'.repeat(40), id, attempt) }, state),
    minutesSince: (start: Date) => (clock.now().getTime() - start.getTime()) / minutes(1),
  }
}

/** What a run that was killed leaves: it has begun, and never ends. */
async function die(ports: Ports): Promise<void> {
  await new Promise<void>((resolve) => {
    withLease(ports, 'churn', () => {
      resolve()
      return new Promise(() => {})
    })
  })
}

describe('a lease', () => {
  test('is gone when the work has ended, well or with an error', async () => {
    const { state, run } = repository()
    expect(await withLease(run(1), 'churn', async () => [...state.refs.heads.keys()])).toEqual(['mlwright-lease-churn'])
    const failing = withLease(run(1), 'churn', () => Promise.reject(new Error('The work failed.')))
    await expect(failing).rejects.toThrow('The work failed.')
    expect([...state.refs.heads.keys()]).toEqual([])
  })

  test('of a run that was killed is waited for, and not longer than needed', async () => {
    const { clock, run, minutesSince } = repository()
    const start = clock.now()
    await die(run(1))
    await withLease(run(2), 'churn', async () => {})
    expect(minutesSince(start)).toBeGreaterThan(12)
    expect(minutesSince(start)).toBeLessThan(13)
  })

  test('of an earlier attempt of the same workflow run is taken over at once', async () => {
    const { clock, run, minutesSince } = repository()
    const start = clock.now()
    await die(run(1))
    await withLease(run(1, 2), 'churn', async () => {})
    expect(minutesSince(start)).toBe(0)
  })

  test('is kept by a run that works for longer than it lasts', async () => {
    const { clock, state, run } = repository()
    await withLease(run(1), 'churn', async (ports) => {
      for (let call = 0; call < 10; call++) {
        await clock.sleep(minutes(8))
        await ports.tags.list()
      }
      const lease = await state.refs.read('mlwright-lease-churn', 'lease.json')
      const { until } = JSON.parse(new TextDecoder().decode(lease!))
      expect(until - clock.now().getTime()).toBeGreaterThan(minutes(10))
    })
  })

  test('that another run took over stops the one that stood still, before it changes anything', async () => {
    const { clock, state, run } = repository()
    const late = withLease(run(1), 'churn', async (ports) => {
      await clock.sleep(minutes(13))
      await withLease(run(2), 'churn', async () => {})
      await ports.tags.create({ name: 'churn@v1.0.0', commit: 'a'.repeat(40), message: '' })
    })
    await expect(late).rejects.toThrow('Another run took over churn')
    expect([state.tags.size, state.refs.heads.size]).toEqual([0, 0])
  })

  test('that cannot be deleted does not spoil the work', async () => {
    const { run } = repository()
    const ports = interceptPorts(run(1), ['refs'], async ({ method }, proceed) => {
      if (method === 'remove') throw new Error('The connection was lost.')
      return proceed()
    })
    expect(await withLease(ports, 'churn', async () => 'done')).toBe('done')
  })

  test('that cannot be read counts as none', async () => {
    const { state, run } = repository()
    await state.refs.commit('mlwright-lease-churn', 'Odd', new Map([['lease.json', new Uint8Array([123])]]))
    expect(await withLease(run(1), 'churn', async () => 'done')).toBe('done')
  })
})
