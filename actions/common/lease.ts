import { randomUUID } from 'node:crypto'
import { type Ports, UserError } from '@mlwright/domain'
import { z } from 'zod'

/** A run that has not moved on for so long is taken for dead. */
const lifetime = 10 * 60_000
const pause = 5_000
const patience = 15 * 60_000

const Lease = z.object({ holder: z.string(), until: z.number() })

const leaseBranch = (key: string) => `mlwright-lease-${key}`
const leaseFile = 'lease.json'

type LeasePorts = Pick<Ports, 'refs' | 'clock'>

function read(bytes: Uint8Array | null): z.infer<typeof Lease> | null {
  try {
    return bytes && Lease.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return null
  }
}

/** Moves the branch forward from `head` to a lease of ours; null where another run was faster. */
async function take({ refs, clock }: LeasePorts, key: string, head: string | null, holder: string) {
  const lease = { holder, until: clock.now().getTime() + lifetime }
  const content = new TextEncoder().encode(JSON.stringify(lease))
  return refs.commitAt(leaseBranch(key), head, `Lease ${key}`, new Map([[leaseFile, content]]))
}

async function acquire(ports: LeasePorts, key: string, holder: string): Promise<string> {
  const { refs, clock } = ports
  const start = clock.now().getTime()
  while (clock.now().getTime() - start < patience) {
    const head = await refs.resolve(leaseBranch(key))
    const other = head && read(await refs.read(head, leaseFile))
    const free = !other || other.until < clock.now().getTime()
    const taken = free ? await take(ports, key, head, holder) : null
    if (taken) return taken
    await clock.sleep(pause)
  }
  throw new UserError(
    'API_FAILED',
    `Another run has been changing ${key} for ${patience / 60_000} minutes; run this again when it is done, or delete the branch ${leaseBranch(key)} if there is none.`,
  )
}

/**
 * Runs `work` while no other run works under the same key. The lease is a branch that only moves forward from where it
 * was read; it is deleted at the end, and that of a run that was killed expires.
 */
export async function withLease<T>(ports: LeasePorts, key: string, work: () => Promise<T>): Promise<T> {
  const head = await acquire(ports, key, randomUUID())
  try {
    return await work()
  } finally {
    await ports.refs.remove(leaseBranch(key), head)
  }
}
