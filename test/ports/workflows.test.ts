import { MemoryGitHub, MemoryWorkflows } from '@mlwright/action'
import type { Workflows } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { commitTo, github, portsOf } from '../github/fixture.ts'

type Seen = () => readonly (readonly [workflow: string, branch: string, inputs: unknown])[]

const workflow = 'on:\n  workflow_dispatch:\n    inputs:\n      version: {}\n'

async function onGitHub(): Promise<{ workflows: Workflows; seen: Seen }> {
  const double = await github()
  await commitTo(double, 'main', { '.github/workflows/deploy.yml': workflow })
  const seen = () => double.state.dispatches.map((sent) => [sent.workflow, sent.ref, sent.inputs] as const)
  return { workflows: portsOf(double).workflows, seen }
}

async function inMemory(): Promise<{ workflows: Workflows; seen: Seen }> {
  const state = new MemoryGitHub()
  const seen = () => state.dispatches.map((sent) => [sent.workflow, sent.branch, sent.inputs] as const)
  return { workflows: new MemoryWorkflows(state), seen }
}

describe.each([
  ['in memory', inMemory],
  ['on GitHub', onGitHub],
] as const)('workflows %s', (_, start) => {
  test('are started on a branch with inputs', async () => {
    const { workflows, seen } = await start()
    await workflows.dispatch('deploy.yml', 'main', { version: 'v1.4.0' })
    await workflows.dispatch('deploy.yml', 'main', {})
    expect(seen()).toEqual([
      ['deploy.yml', 'main', { version: 'v1.4.0' }],
      ['deploy.yml', 'main', {}],
    ])
  })
})
