import type { Release } from '@mlwright/domain'
import { diagnose, type ReadRelease, readStages, registrationMessage } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'
import { lightweight, tag } from './fixture.ts'

const rules = (...given: Parameters<typeof diagnose>) => diagnose(...given).map(({ rule, level }) => `${rule} ${level}`)
const healthy = [
  tag('nn@v1.0.0', 'a', 10),
  tag('nn#prod#1', 'a', 10),
  tag('nn@v1.1.0', 'b', 20),
  tag('other#prod#1', 'a', 10),
]

const release = (name: string, change: Partial<ReadRelease> = {}): Release & ReadRelease => ({
  id: 7,
  tag: name,
  title: name,
  body: '',
  draft: false,
  url: 'https://github.com/acme/churn/releases/7',
  createdAt: 100,
  assets: [],
  ...change,
})
const asset = (name: string, letter: string | null) => ({
  id: 1,
  name,
  bytes: 3,
  sha256: letter?.repeat(64) ?? null,
  complete: true,
})

const note = { run: '20260511T093000Z-1a2b3c4d', inputDigest: 'f'.repeat(64), modelDigest: 'a'.repeat(64) }
const registered = (name: string, commit: string) => ({
  ...tag(name, commit, 10),
  message: registrationMessage('nn', name.slice(3), note),
})

describe('diagnose', () => {
  it('finds nothing in a healthy registry', () => {
    const stages = readStages('version: 1\nstages: {prod: v1.0.0}\n', 's.yml')
    const releases = [release('nn@v1.0.0'), release('nn@v1.1.0'), release('v3.0.0'), release('docs', { draft: true })]
    expect(diagnose(healthy, releases, new Map([['nn', stages]]))).toEqual([])
  })

  it('finds lightweight tags that look like events', () => {
    const found = diagnose([...healthy, lightweight('nn@v1.2.0', 'c'), lightweight('v1.0.0', 'c')])
    expect(found).toMatchObject([{ rule: 'lightweight-tag', level: 'warn' }])
    expect(found[0]?.message).toBe(
      'The tag nn@v1.2.0 is lightweight, so it records no event; delete it and let `mlwright` or `git tag -a` write it again.',
    )
  })

  it('finds a tag that gto cannot bear', () => {
    expect(rules([...healthy, tag('nn@created', 'a', 1)])).toEqual(['created-tag fail'])
  })

  it('finds ties that nothing decides', () => {
    const tie = (...more: ReturnType<typeof tag>[]) => rules([...healthy, ...more])
    expect(tie(tag('nn#dev#2', 'a', 30), tag('nn#dev#3', 'b', 30))).toEqual(['same-second warn'])
    expect(tie(tag('nn#dev#2', 'a', 30), tag('nn#dev!#3', 'a', 30))).toEqual(['same-second warn'])
    expect(tie(tag('nn@v1.1.0!', 'b', 20))).toEqual(['same-second warn'])
    expect(tie(tag('nn@deprecated', 'b', 20))).toEqual(['same-second warn'])
    expect(tie(tag('nn#dev#2', 'a', 30), tag('nn#stage#3', 'b', 30), tag('nn#dev#4', 'a', 31))).toEqual([])
  })

  it('finds counters that two tags have', () => {
    const found = diagnose([...healthy, tag('nn#dev#1', 'b', 30)])
    expect(found).toMatchObject([{ rule: 'duplicate-counter' }])
    expect(found[0]?.message).toContain('nn#prod#1, nn#dev#1 have the same counter')
  })

  it('finds two versions of one commit', () => {
    expect(rules([...healthy, tag('nn@v1.2.0', 'b', 30)])).toEqual(['versions-on-commit fail'])
    expect(rules([...healthy, tag('nn@v1.1.0!', 'b', 29), tag('nn@v1.1.0#2', 'b', 30)])).toEqual([])
  })

  it('finds releases without a tag and tags without a release', () => {
    const releases = [release('nn@v1.0.0', { draft: true }), release('nn@v9.0.0')]
    const ours = [registered('nn@v1.0.0', 'a'), registered('nn@v1.1.0', 'b'), tag('nn@v1.2.0', 'c', 30)]
    expect(diagnose(ours, releases).map(({ message }) => message)).toEqual([
      'The release nn@v9.0.0 has no tag, so no version is registered; register the version again or delete https://github.com/acme/churn/releases/7.',
      'The tag nn@v1.1.0 has no release; run `register` at its commit again, which completes it.',
      'The release of nn@v1.0.0 is still a draft; run `register` at its commit again, which completes it.',
      'The tag nn@v1.2.0 has no release, for another tool registered it; files can be checked from the next version on that `register` makes.',
    ])
    expect(diagnose(healthy, []).map(({ message }) => message)).toEqual([
      'The tag nn@v1.1.0 and 1 more of its model have no release, for another tool registered them; files can be checked from the next version on that `register` makes.',
    ])
    expect(diagnose(healthy)).toEqual([])
    expect(rules([...healthy, tag('nn@v1.1.0!', 'b', 30)], [release('nn@v1.0.0')])).toEqual([])
  })

  it('finds files that are not those that were released', () => {
    const sums = `${'a'.repeat(64)}  model.onnx\n${'b'.repeat(64)}  run.json\n`
    const assets = [
      asset('model.onnx', 'a'),
      asset('run.json', 'c'),
      asset('more.txt', 'd'),
      asset('SHA256SUMS', 'e'),
      asset('MLmodel', null),
    ]
    const found = diagnose(healthy, [release('nn@v1.0.0', { assets, sums }), release('nn@v1.1.0')])
    expect(found.map(({ rule, message }) => `${rule}: ${message.split(' of ')[0]}`)).toEqual([
      'asset-digest: run.json',
      'asset-digest: more.txt',
    ])
    const half = { ...asset('model.onnx', 'a'), complete: false }
    expect(rules(healthy, [release('nn@v1.0.0', { assets: [half] }), release('nn@v1.1.0')])).toEqual([
      'asset-incomplete fail',
    ])
  })

  it('knows the digest of the model from the tag', () => {
    const tags = [registered('nn@v1.0.0', 'a')]
    const files = (letter: string) => [release('nn@v1.0.0', { assets: [asset('model.onnx', letter), asset('x', 'c')] })]
    expect(rules(tags, files('a'))).toEqual([])
    expect(rules(tags, files('b'))).toEqual(['asset-digest fail'])
  })

  it('finds files that a published release has lost, and waits for those of a draft', () => {
    const sums = `${'a'.repeat(64)}  model.onnx\n${'b'.repeat(64)}  run.json\n`
    const found = (draft: boolean) =>
      rules([registered('nn@v1.0.0', 'a')], [release('nn@v1.0.0', { draft, assets: [asset('SHA256SUMS', 'e')], sums })])
    expect(found(false)).toEqual(['asset-missing fail', 'asset-missing fail'])
    expect(found(true)).toEqual(['tag-without-release warn'])
  })

  it('finds stages that are wanted and not held, and held and not wanted', () => {
    const stages = readStages('version: 1\nstages:\n  dev: v1.1.0\n  canary: v7.0.0\n  old: v0.9.0\n', 's.yml')
    const tags = [...healthy, tag('nn@v0.9.0', 'c', 30), tag('nn@v0.9.0!', 'c', 31)]
    const found = diagnose(tags, null, new Map([['nn', stages]]))
    expect(found.map(({ message }) => message)).toEqual([
      's.yml wants nn v1.1.0 in dev, and the tags say nothing; run `promote` for dev, or correct the file.',
      's.yml wants nn v7.0.0 in canary, and no such version is registered; name one that is.',
      's.yml wants nn v0.9.0 in old, and that version was deregistered; name another one.',
      'The tags say that nn v1.0.0 is in prod, and s.yml names no such stage; add the line `prod: v1.0.0`.',
    ])
    expect(found[1]?.location).toEqual({ file: 's.yml', line: 4, column: 11 })
  })
})
