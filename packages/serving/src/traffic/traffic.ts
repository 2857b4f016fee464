import { HttpError } from '../http/http-error.ts'
import type { ServedModel } from '../model/served-model.ts'
import { type Choice, choose } from './choose.ts'
import type { Policy } from './policy.ts'

/** A policy as it came into force. */
export interface PolicyChange {
  readonly at: string
  readonly by: string
  readonly from: Policy | null
  readonly to: Policy
}

export interface TrafficOptions {
  /** Loads a version; `shadow` versions get a short queue. Throws where it cannot be served. */
  load(version: string, shadow: boolean): Promise<ServedModel>
  readonly now: () => Date
  onChange?(change: PolicyChange): void
}

interface State {
  readonly policy: Policy
  readonly models: ReadonlyMap<string, ServedModel>
}

/** What answers a request. */
export interface Dealt {
  readonly model: ServedModel
  readonly role: Choice['role']
  readonly shadows: readonly ServedModel[]
}

const remembered = 100
const versionsOf = (policy: Policy) =>
  new Map([
    [policy.champion, false],
    ...policy.challengers.map(({ version, mode }) => [version, mode === 'shadow'] as const),
  ])

/** Versions under a policy that can change while requests come in: what is new is loaded first, then one assignment swaps. */
export class Traffic {
  readonly #options: TrafficOptions
  readonly #history: PolicyChange[] = []
  #state: State | null = null
  #changing: Promise<unknown> = Promise.resolve()

  constructor(options: TrafficOptions) {
    this.#options = options
  }

  get policy(): Policy {
    return this.#now().policy
  }

  get history(): readonly PolicyChange[] {
    return this.#history
  }

  get models(): readonly ServedModel[] {
    return [...(this.#state?.models.values() ?? [])]
  }

  get champion(): ServedModel {
    const { policy, models } = this.#now()
    return models.get(policy.champion)!
  }

  /** True when everybody who answers requests can. */
  get ready(): boolean {
    return this.#state !== null && this.champion.ready
  }

  /** A version that is loaded, `champion` for the one that leads. Throws HttpError with `status` for another one. */
  version(name: string, status = 404): ServedModel {
    const { models } = this.#now()
    const model = name === 'champion' ? this.champion : models.get(name)
    if (model) return model
    throw new HttpError(status, `The version ${name} is not served here; there are ${[...models.keys()].join(', ')}.`)
  }

  deal(keyed: (key: string) => string | undefined, id: string, forced: string | undefined): Dealt {
    if (forced !== undefined) return { model: this.version(forced, 400), role: 'forced', shadows: [] }
    const { policy, models } = this.#now()
    const choice = choose(policy, keyed, id)
    return {
      model: models.get(choice.version)!,
      role: choice.role,
      shadows: choice.shadows.map((version) => models.get(version)!),
    }
  }

  /** Brings a policy into force, one change after the other; where a version cannot be loaded nothing changes. */
  apply(policy: Policy, by: string): Promise<PolicyChange> {
    const change = this.#changing.then(() => this.#apply(policy, by))
    this.#changing = change.catch(() => {})
    return change
  }

  async close(): Promise<void> {
    await this.#changing
    await Promise.all(this.models.map((model) => model.close()))
  }

  async #apply(policy: Policy, by: string): Promise<PolicyChange> {
    const old = this.#state
    // Who answers has a longer queue and may run on the event loop, so a shadow that is promoted is loaded anew.
    const before = old && versionsOf(old.policy)
    const loads = [...versionsOf(policy)].map(async ([version, shadow]) => {
      const kept = before?.get(version) === shadow ? old?.models.get(version) : undefined
      return [version, kept ?? (await this.#options.load(version, shadow))] as const
    })
    const loaded = await Promise.allSettled(loads)
    const failed = loaded.find((result) => result.status === 'rejected')
    const models = new Map(loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
    const strangers = (from: Iterable<ServedModel>, others: ReadonlyMap<string, ServedModel> | undefined) =>
      [...from].filter((model) => others?.get(model.version) !== model)
    if (failed) {
      await Promise.all(strangers(models.values(), old?.models).map((model) => model.close()))
      throw failed.reason
    }
    this.#state = { policy, models }
    const change = { at: this.#options.now().toISOString(), by, from: old?.policy ?? null, to: policy }
    this.#history.push(change)
    if (this.#history.length > remembered) this.#history.shift()
    this.#options.onChange?.(change)
    for (const model of strangers(old?.models.values() ?? [], models)) void model.close()
    return change
  }

  #now(): State {
    if (this.#state) return this.#state
    throw new HttpError(503, 'The model is being loaded; try again in a second.', { 'Retry-After': '1' })
  }
}
