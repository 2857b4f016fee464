import { foldEvents, registryEvents, registryState } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'
import { lightweight, sha, tag } from './fixture.ts'

const state = (tags: ReturnType<typeof tag>[], at?: number) => registryState(registryEvents(tags), { at })
const two = [tag('nn@v1.0.0', 'a', 10), tag('nn@v2.0.0', 'b', 20), tag('nn#prod#1', 'a', 30), tag('nn#prod#2', 'b', 40)]

describe('registryEvents', () => {
  it('are in time, then what others need first, then by name, without lightweight tags and others', () => {
    const tags = [
      tag('a#prod!#2', 'a', 10),
      tag('a#prod#1', 'a', 10),
      tag('a@deprecated', 'a', 10),
      tag('a@v1.0.0', 'a', 10),
      tag('a@v1.0.0!', 'a', 10),
      tag('b@v1.0.0', 'a', 9),
      tag('release-1', 'a', 1),
      lightweight('a@v0.9.0', 'c'),
    ]
    expect(registryEvents(tags).map((event) => event.tag)).toEqual([
      'b@v1.0.0',
      'a@deprecated',
      'a@v1.0.0',
      'a@v1.0.0!',
      'a#prod#1',
      'a#prod!#2',
    ])
  })

  it('name the version at the commit of a stage, or the commit', () => {
    const events = registryEvents([tag('nn#dev#1', 'a', 5), tag('nn#dev#2', 'c', 6), tag('nn@v1.0.0', 'a', 10)])
    expect(events[0]).toEqual({
      at: 5,
      model: 'nn',
      event: 'assignment',
      version: 'v1.0.0',
      stage: 'dev',
      commit: sha('a'),
      tag: 'nn#dev#1',
    })
    expect(events[1]?.version).toBe(sha('c'))
    expect(registryEvents([tag('nn@deprecated', 'a', 1)])[0]).toMatchObject({
      event: 'deprecation',
      version: null,
      stage: null,
    })
  })
})

describe('registryState', () => {
  it('gives versions highest first and the newest assignment of a stage', () => {
    expect(state(two)).toEqual({
      models: {
        nn: {
          latest: 'v2.0.0',
          versions: [
            { version: 'v2.0.0', commit: sha('b') },
            { version: 'v1.0.0', commit: sha('a') },
          ],
          stages: { prod: 'v2.0.0' },
        },
      },
      deprecated: [],
    })
  })

  it('falls back to the version before when the newer one leaves the stage', () => {
    expect(state([...two, tag('nn#prod!#3', 'b', 50)]).models.nn?.stages).toEqual({ prod: 'v1.0.0' })
    expect(state([...two, tag('nn#prod!#3', 'a', 50)]).models.nn?.stages).toEqual({ prod: 'v2.0.0' })
    expect(state([...two, tag('nn#prod!#3', 'b', 50), tag('nn#prod!#4', 'a', 50)]).models.nn?.stages).toEqual({})
  })

  it('takes a deregistered version out of its stages', () => {
    expect(state([...two, tag('nn@v2.0.0!', 'b', 50)]).models.nn).toEqual({
      latest: 'v1.0.0',
      versions: [{ version: 'v1.0.0', commit: sha('a') }],
      stages: { prod: 'v1.0.0' },
    })
  })

  it('keeps a version at its commit: registered elsewhere it has no stage', () => {
    const moved = [...two, tag('nn@v2.0.0!#3', 'b', 50), tag('nn@v2.0.0#4', 'c', 60)]
    expect(state(moved).models.nn).toEqual({
      latest: 'v2.0.0',
      versions: [
        { version: 'v2.0.0', commit: sha('c') },
        { version: 'v1.0.0', commit: sha('a') },
      ],
      stages: { prod: 'v1.0.0' },
    })
    expect(state([...two, tag('nn@v2.0.0!#3', 'b', 50), tag('nn@v2.0.0#4', 'b', 60)]).models.nn?.stages).toEqual({
      prod: 'v2.0.0',
    })
  })

  it('keeps a model that has nothing, unless it is deprecated', () => {
    const nothing = [tag('nn@v1.0.0', 'a', 1), tag('nn@v1.0.0!', 'a', 2)]
    expect(state(nothing)).toEqual({ models: { nn: { latest: null, versions: [], stages: {} } }, deprecated: [] })
    expect(state([...nothing, tag('nn@deprecated', 'a', 3)])).toEqual({ models: {}, deprecated: ['nn'] })
    expect(state([...nothing, tag('nn@deprecated', 'a', 3), tag('nn@v1.1.0', 'b', 4)]).deprecated).toEqual([])
  })

  it('names the commit where a stage was given to one without a version', () => {
    expect(state([tag('nn#dev#1', 'e', 1)]).models.nn).toEqual({
      latest: null,
      versions: [],
      stages: { dev: sha('e') },
    })
    expect(state([tag('nn#dev#1', 'e', 1), tag('nn#dev!#2', 'e', 2)]).models.nn?.stages).toEqual({})
  })

  it('gives a stage of two assignments in one second to the version that is older, as gto does', () => {
    const tie = [tag('nn#prod#3', 'b', 60), tag('nn#prod#4', 'a', 60)]
    expect(state([...two, ...tie]).models.nn?.stages).toEqual({ prod: 'v1.0.0' })
    expect(state([...two, ...tie, tag('nn@v1.0.0#5', 'a', 70)]).models.nn?.stages).toEqual({ prod: 'v2.0.0' })
    // gto counts a commit without a version from its assignment.
    const late = [tag('nn#dev#1', 'c', 60), tag('nn#dev#2', 'd', 60), tag('nn@v3.0.0', 'c', 61)]
    expect(state(late).models.nn?.stages).toEqual({ dev: sha('d') })
  })

  it('answers for any second', () => {
    expect(state(two, 39).models.nn).toMatchObject({ latest: 'v2.0.0', stages: { prod: 'v1.0.0' } })
    expect(state(two, 40).models.nn?.stages).toEqual({ prod: 'v2.0.0' })
    expect(state(two, 19).models.nn).toMatchObject({ latest: 'v1.0.0', stages: {} })
    expect(state(two, 9)).toEqual({ models: {}, deprecated: [] })
  })

  it('is not fooled by names that every object has', () => {
    expect(Object.keys(state([tag('constructor@v1.0.0', 'a', 1), tag('toString#valueOf', 'a', 2)]).models)).toEqual([
      'constructor',
      'toString',
    ])
  })
})

describe('foldEvents', () => {
  it('knows who would take over a stage, and what was deregistered', () => {
    const model = foldEvents(registryEvents([...two, tag('nn@v0.9.0', 'c', 41), tag('nn@v0.9.0!', 'c', 42)])).get('nn')!
    expect(model.stages.get('prod')).toEqual([
      { version: 'v2.0.0', commit: sha('b'), tag: 'nn#prod#2', at: 40 },
      { version: 'v1.0.0', commit: sha('a'), tag: 'nn#prod#1', at: 30 },
    ])
    expect(model.versions.map(({ version, active }) => [version, active])).toEqual([
      ['v2.0.0', true],
      ['v1.0.0', true],
      ['v0.9.0', false],
    ])
  })
})
