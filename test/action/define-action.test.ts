import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { defineAction, input } from '@mlwright/action'
import { describe, expect, it } from 'vitest'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

describe('defineAction', () => {
  it('refuses unknown inputs, missing and undeclared outputs when it is compiled', () => {
    const compiler = path('../../node_modules/typescript/bin/tsc')
    expect(() =>
      execFileSync(process.execPath, [compiler, '-p', path('types')], { stdio: 'pipe', encoding: 'utf8' }),
    ).not.toThrow()
  })

  it('adds the common inputs after its own', () => {
    const action = defineAction({
      name: 'a',
      description: 'A.',
      inputs: { mine: input.text('Mine.') },
      outputs: {},
      run: async () => ({ verdict: 'pass', summary: '', noun: null, outputs: {} }),
    })
    expect(Object.keys(action.inputs)).toEqual(['mine', 'config', 'model', 'working-directory', 'token', 'fail-on'])
  })
})
