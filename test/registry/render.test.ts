import { registryEvents, registryState, renderHistory, renderShow } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'
import { tag } from './fixture.ts'

const events = registryEvents([
  tag('nn@v1.0.0', 'a', 1_777_000_000),
  tag('nn#prod#1', 'a', 1_777_000_001),
  tag('cv/x=seg#dev#1', 'e', 1_777_000_002),
  tag('old@deprecated', 'a', 1_777_000_003),
])

describe('renderShow', () => {
  it('has a row per model and a column per stage', () => {
    expect(renderShow(registryState(events))).toBe(
      [
        '| Model | Latest | `dev` | `prod` | Versions |',
        '| --- | --- | --- | --- | --: |',
        '| `cv/x:seg` |  | `eeeeeee` |  | 0 |',
        '| `nn` | `v1.0.0` |  | `v1.0.0` | 1 |',
        '',
        'Deprecated: `old`.',
      ].join('\n'),
    )
    expect(renderShow({ models: {}, deprecated: [] })).toBe('No model is registered.')
  })
})

describe('renderHistory', () => {
  it('has a row per event', () => {
    // date -u -d @1777000000 '+%F %T' -> 2026-04-24 03:06:40
    expect(renderHistory(events.slice(0, 2))).toBe(
      [
        '| Time (UTC) | Model | Event | Version | Stage | Commit | Tag |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        '| 2026-04-24 03:06:40 | `nn` | registration | `v1.0.0` |  | `aaaaaaa` | `nn@v1.0.0` |',
        '| 2026-04-24 03:06:41 | `nn` | assignment | `v1.0.0` | `prod` | `aaaaaaa` | `nn#prod#1` |',
      ].join('\n'),
    )
    expect(renderHistory([])).toBe('No tag says anything of a model yet.')
  })
})
