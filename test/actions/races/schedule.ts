import { setImmediate } from 'node:timers/promises'
import type { MemoryClock, PortCall } from '@mlwright/action'
import { type Clock, UserError } from '@mlwright/domain'
import { randomBelow, xoshiro128 } from '@mlwright/stats'

/** What happens at a call: nothing, an error or the end of the run, before or after the call has its effect. */
const faults = ['fail before', 'fail after', 'kill before', 'kill after'] as const
type Fault = (typeof faults)[number] | null

/** Milliseconds that a call takes at most to have its effect, and longer than a lease lasts. */
const slow = 9 * 60_000
const still = 13 * 60_000

export type Around = (call: PortCall, proceed: () => Promise<unknown>) => Promise<unknown>

/** A workflow run: `attempt` counts from 1, and is started again until it ends by itself. */
export interface Racer {
  readonly name: string
  start(attempt: number, around: Around, clock: Clock): Promise<unknown>
}

export interface Finish {
  readonly attempts: number
  /** What it came to: a value, or the sentence with which it refused. */
  readonly value: unknown
  readonly refused: string | null
}

interface Turn {
  readonly racer: number
  readonly attempt: number
  readonly what: string
  /** May go on from this moment. */
  ready: number
  /** The run gets the answer late. */
  still: boolean
  go(fault: Fault): void
}

export interface Chaos {
  /** Most faults in all. */
  readonly faults: number
  /** Of 1,000 calls, so many get one. */
  readonly rate: number
  /** Calls that have their effect late, or after which the run stands still for longer than a lease lasts. */
  readonly stalls: number
  /** Most milliseconds that a call takes. */
  readonly pace: number
  /** Most milliseconds until a run is started again. */
  readonly pause: number
}

/** Lets runs take turns at their calls in an order that follows from the seed alone, and disturbs them. */
export class Schedule {
  /** What happened, a line for each call. */
  readonly trace: string[] = []
  faults = 0
  /** Calls so far. */
  calls = 0
  readonly #random: ReturnType<typeof xoshiro128>
  readonly #clock: MemoryClock
  readonly #chaos: Chaos
  readonly #struck: number | null
  #turns: Turn[] = []
  #stalls = 0

  /** `struck` is the number of a call that gets a fault whatever the rate says. */
  constructor(seed: number, clock: MemoryClock, chaos: Chaos, struck: number | null = null) {
    this.#random = xoshiro128(seed)
    this.#clock = clock
    this.#chaos = chaos
    this.#struck = struck
  }

  /** Runs all to their ends. */
  async run(racers: readonly Racer[]): Promise<Finish[]> {
    const { pause } = this.#chaos
    const ends: Finish[] = []
    let left = racers.length
    const start = (racer: number, attempt: number): void => {
      const around: Around = (call, proceed) => this.#call(racer, attempt, call, proceed, again)
      const clock: Clock = {
        now: () => this.#clock.now(),
        sleep: (milliseconds) =>
          new Promise((resolve) => this.#wait(racer, attempt, `sleeps ${milliseconds}`, milliseconds, resolve)),
      }
      const again = () =>
        this.#wait(racer, attempt, 'is started again', this.#below(pause), () => start(racer, attempt + 1))
      const end = (value: unknown, refused: string | null) => {
        this.trace.push(`${racers[racer]!.name} ${attempt} ends: ${refused ?? JSON.stringify(value)}`)
        ends[racer] = { attempts: attempt, value, refused }
        left--
      }
      racers[racer]!.start(attempt, around, clock).then(
        (value) => end(value, null),
        (error: unknown) => {
          if (!(error instanceof UserError)) return end(null, `bug: ${error instanceof Error ? error.stack : error}`)
          if (error.code === 'INPUT_INVALID') return end(null, error.message)
          this.trace.push(`${racers[racer]!.name} ${attempt} fails: ${error.message}`)
          again()
        },
      )
    }
    racers.forEach((_, racer) => {
      this.#wait(racer, 0, 'is started', 0, () => start(racer, 1))
    })
    while (left > 0) {
      await setImmediate()
      if (left > 0) this.#next(racers)
    }
    return ends
  }

  #below(limit: number): number {
    return randomBelow(this.#random, limit)
  }

  #wait(racer: number, attempt: number, what: string, milliseconds: number, go: () => void): void {
    this.#turns.push({ racer, attempt, what, ready: this.#clock.now().getTime() + milliseconds, still: false, go })
  }

  #call(
    racer: number,
    attempt: number,
    { port, method, args }: PortCall,
    proceed: () => Promise<unknown>,
    again: () => void,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const go = async (fault: Fault) => {
        if (fault?.startsWith('kill')) {
          this.#turns = this.#turns.filter((turn) => turn.racer !== racer)
          again()
        }
        const lost = () => reject(new UserError('API_FAILED', 'The connection was lost.'))
        if (fault === 'fail before') return lost()
        if (fault === 'kill before') return
        const answer = turn.still ? this.#late(racer, attempt, proceed()) : proceed()
        if (fault === null) answer.then(resolve, reject)
        else answer.then(fault === 'fail after' ? lost : undefined, fault === 'fail after' ? reject : () => {})
      }
      const what = `${port}.${method}(${args.map(shortly).join(', ')})`
      const turn: Turn = { racer, attempt, what, ready: 0, still: false, go }
      this.#turns.push(turn)
    })
  }

  async #late(racer: number, attempt: number, effect: Promise<unknown>): Promise<unknown> {
    effect.catch(() => {})
    await new Promise<void>((resolve) => this.#wait(racer, attempt, 'goes on', still, resolve))
    return effect
  }

  /** One call, or one sleep that has ended, of one run. */
  #next(racers: readonly Racer[]): void {
    if (this.trace.length > 20_000) throw new Error('These runs never end.')
    const earliest = Math.min(...this.#turns.map(({ ready }) => ready))
    const now = Math.max(this.#clock.now().getTime() + this.#below(this.#chaos.pace), earliest)
    this.#clock.time = new Date(now)
    const able = this.#turns.filter(({ ready }) => ready <= now)
    const turn = able[this.#below(able.length)]
    if (!turn) throw new Error('No run has anything to do, and not all have ended.')
    const isCall = turn.what.includes('.')
    const struck = this.#below(1000) < this.#chaos.rate
    if (isCall && struck && this.#stalls < this.#chaos.stalls && turn.ready === 0) {
      this.#stalls++
      const late = this.#below(2) === 0
      if (late) turn.ready = now + slow
      else turn.still = true
      this.trace.push(`${racers[turn.racer]!.name} ${turn.attempt} ${late ? 'hangs' : 'stands still'} at ${turn.what}`)
      if (late) return
    }
    const chosen = isCall && this.calls++ === this.#struck
    const fault =
      isCall && (struck || chosen) && this.faults < this.#chaos.faults ? faults[this.#below(faults.length)]! : null
    if (fault) this.faults++
    this.#turns = this.#turns.filter((other) => other !== turn)
    this.trace.push(`${racers[turn.racer]!.name} ${turn.attempt} ${turn.what}${fault ? ` <- ${fault}` : ''}`)
    turn.go(fault)
  }
}

function shortly(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (value instanceof Map) return `{${[...value.keys()].join(', ')}}`
  return (JSON.stringify(value) ?? '').slice(0, 120)
}
