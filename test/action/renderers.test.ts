import { readFileSync } from 'node:fs'
import { renderActionYml, renderHelp, renderReadme } from '@mlwright/action'
import { parseYaml, userErrorCodes } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { monitor } from './fixture.ts'

describe('renderActionYml', () => {
  const text = renderActionYml(monitor, { main: '../../dist/monitor.js', branding: { icon: 'eye', color: 'purple' } })
  const yml = parseYaml(text, 'action.yml').value as {
    name: string
    description: string
    inputs: Record<string, { description: string; required?: boolean; default?: string }>
    outputs: Record<string, { description: string }>
    runs: { using: string; main: string }
  }

  it('is YAML that says what the definition says', () => {
    expect(yml.name).toBe('mlwright monitor')
    expect(yml.description).toBe(monitor.description)
    expect(Object.keys(yml.inputs)).toEqual(Object.keys(monitor.inputs))
    expect(yml.outputs).toEqual({
      verdict: { description: '`pass`, `warn` or `fail`.' },
      report: { description: 'Path of the report.' },
    })
    expect(yml.runs).toEqual({ using: 'node24', main: '../../dist/monitor.js' })
  })

  it('has a default for the token alone, and says the others in the description', () => {
    const defaults = Object.entries(yml.inputs).filter(([, entry]) => 'default' in entry)
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own expression.
    expect(defaults).toEqual([['token', { description: 'Token for the GitHub API.', default: '${{ github.token }}' }]])
    expect(yml.inputs.kind!.description).toBe('What to compare. One of `all`, `columns`. Default: `all`.')
    expect(yml.inputs.current).toEqual({ description: 'Dataset to check.', required: true })
  })
})

describe('renderReadme', () => {
  it('makes a README where there is none, and leaves it alone when nothing changed', () => {
    const made = renderReadme('', monitor)
    expect(made).toMatch(/^# monitor\n\nCompare a dataset/)
    expect(made).toContain('| `budget` | False alarms \\| year. Default: `1`. |')
    expect(renderReadme(made, monitor)).toBe(made)
  })

  it('replaces the tables between the markers and keeps the prose around them', () => {
    const old =
      '# Mine\n\nBefore.\n\n<!-- inputs:start -->\nold $& table\n<!-- inputs:end -->\n\nAfter.\n\n<!-- outputs:start -->\n<!-- outputs:end -->\nEnd.\n'
    const text = renderReadme(old, monitor)
    expect(text).not.toContain('old $& table')
    expect(text).toMatch(/^# Mine\n\nBefore\.\n\n<!-- inputs:start -->\n\| Input/)
    expect(text).toMatch(/<!-- inputs:end -->\n\nAfter\.\n\n<!-- outputs:start -->\n\| Output[\s\S]*\nEnd\.\n$/)
  })
})

describe('renderHelp', () => {
  it('shows the inputs that need no name, the required ones in angle brackets', () => {
    const text = renderHelp({ ...monitor, positional: ['current', 'kind'] }, { command: 'mlwright monitor' })
    expect(text).toContain('Usage: mlwright monitor <current> [kind] [options]')
  })

  it('lists the inputs in two columns within the width, without the token', () => {
    const text = renderHelp(monitor, { command: 'mlwright monitor', width: 72 })
    expect(text).toContain('Usage: mlwright monitor [options]')
    expect(text).toContain('  --current TEXT            Required. Dataset to check.\n')
    expect(text).not.toContain('--token')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72)
  })
})

describe('docs/errors.md', () => {
  it('has one row for every code, in their order', () => {
    const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')
    expect([...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])).toEqual([...userErrorCodes])
  })
})
