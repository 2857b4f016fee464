import { readStages, stagesPath, writeStage } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'

const text = `# Who is where.
version: 1
stages:
  # Ask Bo first.
  production: v1.4.0 # since May
  staging: v1.5.0-rc.1
`

describe('readStages', () => {
  it('reads versions by stage and says where they stand', () => {
    const { stages, locate } = readStages(text, 'models/churn/stages.yml')
    expect(stages).toEqual({ production: 'v1.4.0', staging: 'v1.5.0-rc.1' })
    expect(locate('production')).toEqual({ file: 'models/churn/stages.yml', line: 5, column: 15 })
  })

  it('refuses what it does not know, with the line', () => {
    const problem = (yaml: string) => {
      try {
        return JSON.stringify(readStages(yaml, 's.yml').stages)
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(problem(`${text}stage: {}\n`)).toBe('s.yml:7:1: unknown key `stage`; did you mean `stages`?')
    expect(problem('version: 1\nstages:\n  production: 1.4\n')).toMatch(/^s\.yml:3:15: stages\.production/)
    expect(problem('version: 1\nstages:\n  production: 1.4.0\n')).toBe(
      's.yml:3:15: stages.production: name a version, such as v1.4.0',
    )
    expect(problem('version: 2\nstages: {}\n')).toMatch(/^s\.yml:1:10: version is 2/)
    expect(problem('version: 1\nstages: {a: v1.0.0, a: v2.0.0}\n')).toMatch(/^s\.yml:2:/)
    expect(problem('')).toMatch(/^s\.yml:1:1: /)
  })
})

describe('writeStage', () => {
  it('changes one value and keeps comments and order', () => {
    expect(writeStage(text, 'production', 'v2.0.0')).toBe(text.replace('v1.4.0', 'v2.0.0'))
    expect(writeStage(text, 'canary', 'v2.0.0')).toBe(`${text}  canary: v2.0.0\n`)
    expect(writeStage(text, 'staging', null)).toBe(text.replace('  staging: v1.5.0-rc.1\n', ''))
    expect(writeStage('version: 1\nstages: {production: v1.0.0}\n', 'production', 'v1.1.0')).toBe(
      'version: 1\nstages: {production: v1.1.0}\n',
    )
  })

  it('changes nothing where the file says so already', () => {
    const odd = 'version:   1\nstages: { production:   v1.4.0 }\r\n'
    expect(writeStage(odd, 'production', 'v1.4.0')).toBe(odd)
    expect(writeStage(odd, 'staging', null)).toBe(odd)
  })

  it('begins a file', () => {
    const first = writeStage(null, 'production', 'v0.0.1')
    expect(first).toBe(`# The version that is wanted in each stage. A merge that changes a line here promotes.
version: 1
stages:
  production: v0.0.1
`)
    expect(readStages(first, stagesPath('churn')).stages).toEqual({ production: 'v0.0.1' })
    expect(readStages(writeStage(first, 'production', null), 's.yml').stages).toEqual({})
  })
})
