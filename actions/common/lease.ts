import { randomUUID } from 'node:crypto'
import { interceptPorts } from '@mlwright/action'
import { type Ports, UserError } from '@mlwright/domain'
import { z } from 'zod'

/** A run that has not renewed its lease for so long is taken for dead. */
const lifetime = 12 * 60_000
/** What is left of it whenever a call begins: longer than the longest call takes, with all its retries. */
const margin = 10 * 60_000
const patience = 15 * 60_000
const firstPause = 2_000
const longestPause = 30_000

const Attempt = z.object({ id: z.number(), attempt: z.number() })
const Lease = z.object({ holder: z.string(), until: z.number(), run: Attempt.nullable() })
type Lease = z.infer<typeof Lease>

interface Held {
  readonly lease: Lease
  /** Commit of the branch. */
  readonly head: string
}

const leaseBranch = (key: string) => `mlwright-lease-${key}`
const leaseFile = 'lease.json'

/** Ports that change something that others see. */
const guarded = [
  'tags',
  'releases',
  'deployments',
  'workflows',
  'refs',
  'pulls',
  'comments',
  'issues',
  'checks',
] as const

type LeasePorts = Pick<Ports, 'refs' | 'clock' | 'event'>

function read(bytes: Uint8Array | null): Lease | null {
  try {
    return bytes && Lease.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return null
  }
}

/** Whether it counts no more: it has expired, or is of an earlier attempt of this workflow run, which has ended. */
function isOver({ until, run }: Lease, { clock, event }: LeasePorts): boolean {
  const earlier = run !== null && run.id === event.run?.id && run.attempt < event.run.attempt
  return earlier || until < clock.now().getTime()
}

/** Moves the branch forward from `head` to a lease of ours; null where another run was faster. */
async function take(ports: LeasePorts, key: string, head: string | null, holder: string): Promise<Held | null> {
  const { refs, clock, event } = ports
  const run = event.run && { id: event.run.id, attempt: event.run.attempt }
  const lease = { holder, until: clock.now().getTime() + lifetime, run }
  const content = new TextEncoder().encode(JSON.stringify(lease))
  const made = await refs.commitAt(leaseBranch(key), head, `Lease ${key}`, new Map([[leaseFile, content]]))
  return made === null ? null : { lease, head: made }
}

async function acquire(ports: LeasePorts, key: string): Promise<Held> {
  const { refs, clock } = ports
  const start = clock.now().getTime()
  const holder = randomUUID()
  for (let pause = firstPause; clock.now().getTime() - start < patience; pause = Math.min(pause * 1.5, longestPause)) {
    const head = await refs.resolve(leaseBranch(key))
    const other = head && read(await refs.read(head, leaseFile))
    const held = !other || isOver(other, ports) ? await take(ports, key, head, holder) : null
    if (held) return held
    await clock.sleep(pause)
  }
  throw new UserError(
    'API_FAILED',
    `Another run has been changing ${key} for ${patience / 60_000} minutes; run this again when it is done, or delete the branch ${leaseBranch(key)} if there is none.`,
  )
}

/** The same lease, for longer where less than the margin is left. */
async function renew(ports: LeasePorts, key: string, held: Held): Promise<Held> {
  if (held.lease.until - ports.clock.now().getTime() > margin) return held
  const renewed = await take(ports, key, held.head, held.lease.holder)
  if (renewed) return renewed
  throw new UserError('API_FAILED', `Another run took over ${key}, for this one stood still; run this again.`)
}

/**
 * Runs `work` while no other run works under the same key. The lease is a branch that only moves forward from where it
 * was read. The ports that `work` gets renew it before their calls, and fail where another run has taken over; it is
 * deleted at the end, and one that cannot be, or that of a run that was killed, expires.
 */
export async function withLease<T>(ports: Ports, key: string, work: (ports: Ports) => Promise<T>): Promise<T> {
  let held = acquire(ports, key)
  await held
  const under = interceptPorts(ports, guarded, async (_, proceed) => {
    held = held.then((last) => renew(ports, key, last))
    await held
    return proceed()
  })
  try {
    return await work(under)
  } finally {
    await held.then(({ head }) => ports.refs.remove(leaseBranch(key), head)).catch(() => false)
  }
}
