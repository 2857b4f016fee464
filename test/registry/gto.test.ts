import {
  type NewEvent,
  nextCounter,
  type RegistryEvent,
  registryEvents,
  registryState,
  tagMessage,
  tagName,
} from '@mlwright/registry'
import { LocalTags } from '@mlwright/workspace'
import { describe, expect, it } from 'vitest'
import {
  clockAt,
  eventsOfGto,
  type GtoEvent,
  type GtoStep,
  gtoCommand,
  gtoPython,
  readWithGto,
  repository,
  stateOfGto,
  writeWithGto,
} from './gto.ts'
import { randomHistory, writeTags } from './random-history.ts'

const priorities = ['deprecation', 'registration', 'deregistration', 'assignment', 'unassignment']

/** Oldest first; within a second and kind by name, where gto's order follows how it keeps versions in memory. */
const ordered = (events: readonly RegistryEvent[]) =>
  events.toSorted(
    (a, b) =>
      a.at - b.at ||
      priorities.indexOf(a.event) - priorities.indexOf(b.event) ||
      (a.tag < b.tag ? -1 : Number(a.tag > b.tag)),
  )

const ours = async (folder: string) => registryEvents(await new LocalTags(folder).list())

/** Sixty events as `event model version-or-stage commit second [simple]`. */
const script = `
  registration churn v0.0.1 0 100 simple | registration fraud v0.1.0 1 100 simple | assignment churn dev 0 110
  assignment churn staging 0 111 | registration churn v0.0.2 2 120 simple | assignment churn dev 2 120
  assignment churn staging 2 120 | assignment churn prod 0 130 | assignment fraud prod 1 130
  registration churn v0.1.0 3 140 | assignment churn prod 3 141 | unassignment churn prod 3 142
  assignment churn prod 2 143 | registration churn v1.0.0-rc.1 4 150 simple | registration churn v1.0.0 5 150 simple
  assignment churn prod 5 151 simple | deregistration churn v1.0.0-rc.1 4 152 simple | deregistration churn v0.0.2 2 153
  unassignment churn prod 5 160 | assignment churn prod 5 161 | unassignment churn dev 2 162 simple
  registration cv/x:seg v1.2.3 0 170 simple | assignment cv/x:seg prod 0 170 | registration cv/x:seg v1.10.0 6 171
  registration cv/x:seg v1.9.0 7 172 | assignment cv/x:seg prod 7 180 | assignment cv/x:seg prod 6 179
  deregistration cv/x:seg v1.9.0 7 190 | registration old v1.0.0 0 200 simple | assignment old prod 0 201
  deprecation old - 0 202 simple | registration back v1.0.0 0 203 simple | deprecation back - 0 204 simple
  registration back v1.1.0 8 205 simple | assignment fraud dev 9 210 | registration fraud v0.2.0 9 220
  deregistration fraud v0.1.0 1 221 simple | deregistration fraud v0.2.0 9 222 simple | registration fraud v0.2.0 9 223
  assignment fraud prod 9 230 | unassignment fraud prod 9 230 | assignment churn canary 10 240
  assignment churn 1 5 250 | registration empty v1.0.0 11 260 simple | deregistration empty v1.0.0 11 261 simple
  registration churn v1.0.1 12 270 simple | registration churn v1.1.0 13 271 simple | registration churn v2.0.0 14 272 simple
  assignment churn prod 12 280 | assignment churn prod 13 281 | assignment churn prod 14 282
  deregistration churn v2.0.0 14 290 | unassignment churn prod 13 291 | assignment churn staging 13 292
  registration churn v2.0.0 15 300 | assignment churn staging 15 301 | unassignment churn staging 15 302
  deprecation fraud - 9 310 | registration fraud v0.3.0 16 311 simple | deprecation fraud - 16 312
`
  .split(/[|\n]/)
  .map((line) => line.trim().split(' '))
  .filter((words) => words.length > 1)

const newEvent = (event: string, model: string, word: string): NewEvent =>
  event === 'deprecation'
    ? { event, model }
    : event === 'registration' || event === 'deregistration'
      ? { event, model, version: word }
      : { event: event as 'assignment' | 'unassignment', model, stage: word }

async function writeWithOurs(folder: string, ids: readonly string[]): Promise<void> {
  const written: { name: string }[] = []
  for (const [kind, model, word, commit, second, form] of script) {
    const event = newEvent(kind!, model!, word!)
    const name = tagName(event, form === 'simple' ? null : nextCounter(written, model!))
    const tags = new LocalTags(folder, clockAt(1_700_000_000 + Number(second)))
    const tag = await tags.create({ name, commit: ids[Number(commit)]!, message: tagMessage(event, word!) })
    if (!tag) throw new Error(`${name} is written twice`)
    written.push(tag)
  }
}

const id = (at: number, ids: readonly string[]) => ids[at]!

/** What a team does with gto's commands, ends of which gto refuses left out. */
const steps = (ids: readonly string[]): GtoStep[] => [
  { do: 'register', at: 1_700_000_001, name: 'churn', ref: id(0, ids) },
  { do: 'assign', at: 1_700_000_002, name: 'churn', stage: 'prod', version: 'v0.0.1' },
  { do: 'register', at: 1_700_000_003, name: 'churn', ref: id(1, ids), bump_minor: true },
  { do: 'assign', at: 1_700_000_004, name: 'churn', stage: 'prod', ref: id(1, ids) },
  { do: 'assign', at: 1_700_000_004, name: 'churn', stage: 'dev', ref: id(2, ids) },
  { do: 'assign', at: 1_700_000_005, name: 'churn', stage: 'edge', ref: id(3, ids), skip_registration: true },
  { do: 'unassign', at: 1_700_000_006, name: 'churn', stage: 'prod', version: 'v0.1.0' },
  { do: 'assign', at: 1_700_000_007, name: 'cv/x:seg', stage: 'prod', ref: id(0, ids), name_version: 'v3.0.0-rc.1' },
  { do: 'register', at: 1_700_000_008, name: 'churn', ref: id(4, ids), bump_major: true, simple: false },
  { do: 'assign', at: 1_700_000_009, name: 'churn', stage: 'prod', version: 'v1.0.0', simple: true },
  { do: 'deregister', at: 1_700_000_010, name: 'churn', version: 'v1.0.0' },
  { do: 'register', at: 1_700_000_011, name: 'old', ref: id(2, ids), version: 'v7.0.0' },
  { do: 'deprecate', at: 1_700_000_012, name: 'old' },
  { do: 'register', at: 1_700_000_013, name: 'churn', ref: id(4, ids), force: true, simple: false },
  { do: 'deregister', at: 1_700_000_014, name: 'churn', version: 'v0.0.1', simple: false },
]

describe.skipIf(!gtoPython)('gto, which runs where MLWRIGHT_TEST_GTO names a Python that has it,', () => {
  it('reads what mlwright wrote as mlwright does', { timeout: 120_000 }, async () => {
    expect(script).toHaveLength(60)
    const { folder, ids } = repository(17)
    await writeWithOurs(folder, ids)
    const events = await ours(folder)
    expect(events).toHaveLength(60)
    const refs = events.filter((_, at) => at % 6 === 0).map(({ tag }) => tag)
    const [gto] = readWithGto([{ folder, refs }])
    expect(gtoCommand<object>(folder, 'show', '--deprecated')).toEqual(gto!.show)
    expect(registryState(events)).toEqual(stateOfGto(gto!))
    expect(ordered(eventsOfGto(gtoCommand<GtoEvent[]>(folder, 'history')))).toEqual(events)
    for (const ref of refs) {
      const { event, model, version, stage } = events.find(({ tag }) => tag === ref)!
      expect(gto!.checked[ref]).toEqual([[event, model, version, stage]])
    }
    const last = events.findLast(({ event }) => event === 'assignment')!
    expect(gtoCommand<object>(folder, 'check-ref', last.tag)).toMatchObject({
      artifact: last.model,
      event: last.event,
      version: last.version,
      stage: last.stage,
      commit_hexsha: last.commit,
    })
  })

  it('is read as it reads itself', { timeout: 120_000 }, async () => {
    const { folder, ids } = repository(5)
    writeWithGto(folder, steps(ids))
    const events = await ours(folder)
    const [gto] = readWithGto([{ folder, refs: [] }])
    expect(events.length).toBeGreaterThan(steps(ids).length)
    expect(registryState(events)).toEqual(stateOfGto(gto!))
    expect(ordered(eventsOfGto(gto!.history))).toEqual(events)
  })

  it('agrees on histories in no sensible order', { timeout: 300_000 }, async () => {
    const histories = Array.from({ length: 8 }, (_, at) => {
      const { folder, ids } = repository(12)
      const lines = randomHistory(at + 1, 40 + 30 * at, ids)
      writeTags(folder, lines)
      return { folder, refs: [] }
    })
    const read = readWithGto(histories)
    for (const [at, { folder }] of histories.entries()) {
      const events = await ours(folder)
      expect(events).toHaveLength(40 + 30 * at)
      expect({ at, ...registryState(events) }).toEqual({ at, ...stateOfGto(read[at]!) })
      expect(ordered(eventsOfGto(read[at]!.history))).toEqual(events)
    }
  })
})
