import { compareVersions, foldEvents, nextCounter, nextVersion, registryEvents } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'
import { lightweight, tag } from './fixture.ts'

describe('compareVersions', () => {
  it('orders as SemVer 2.0 does', () => {
    // semver.org, item 11, with numbers on both sides of 10 and of 2^31
    const ordered = [
      'v0.9.9',
      'v1.0.0-alpha',
      'v1.0.0-alpha.1',
      'v1.0.0-alpha.beta',
      'v1.0.0-beta',
      'v1.0.0-beta.2',
      'v1.0.0-beta.11',
      'v1.0.0-rc.1',
      'v1.0.0',
      'v1.0.1',
      'v1.2.0',
      'v1.10.0',
      'v4294967296.0.0',
    ]
    const shuffled = ordered.toSorted((a, b) => (a.length % 5) - (b.length % 5) || (a < b ? 1 : -1))
    expect(shuffled.toSorted(compareVersions)).toEqual(ordered)
    expect(compareVersions('v1.0.0+a', 'v1.0.0+b')).toBe(0)
  })
})

describe('nextVersion', () => {
  const modelOf = (...names: string[]) =>
    foldEvents(
      registryEvents(names.map((name, at) => tag(`nn@${name}`, name.includes('!') ? 'a' : 'abcdef'[at]!, at))),
    ).get('nn')

  it('begins as gto does', () => {
    expect(nextVersion(undefined, 'patch')).toBe('v0.0.1')
    expect(nextVersion(undefined, 'minor')).toBe('v0.1.0')
    expect(nextVersion(undefined, 'major')).toBe('v1.0.0')
  })

  it('follows the highest version, not the newest', () => {
    const model = modelOf('v1.4.2', 'v0.9.0')
    expect(nextVersion(model, 'patch')).toBe('v1.4.3')
    expect(nextVersion(model, 'minor')).toBe('v1.5.0')
    expect(nextVersion(model, 'major')).toBe('v2.0.0')
    // python-semver 3.0: str(Version.parse('2.0.0-rc.1').bump_patch()) -> '2.0.1'
    expect(nextVersion(modelOf('v2.0.0-rc.1'), 'patch')).toBe('v2.0.1')
  })

  it('never gives a version twice, also after its deregistration', () => {
    const model = foldEvents(
      registryEvents([tag('nn@v1.0.0', 'a', 1), tag('nn@v1.0.1', 'b', 2), tag('nn@v1.0.1!', 'b', 3)]),
    ).get('nn')
    expect(model?.latest?.version).toBe('v1.0.0')
    expect(nextVersion(model, 'patch')).toBe('v1.0.2')
  })
})

describe('nextCounter', () => {
  it('counts over all events of that model', () => {
    const tags = [
      tag('nn#dev#1', 'a', 1),
      tag('nn@v1.0.0!#12', 'a', 2),
      lightweight('nn#prod#13', 'a'),
      tag('other#dev#40', 'a', 3),
    ]
    expect(nextCounter(tags, 'nn')).toBe(14)
    expect(nextCounter(tags, 'new')).toBe(1)
  })
})
