import { MemoryGitHub, MemoryPulls } from '@mlwright/action'
import type { PullRequest, Pulls } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { commitTo, github, portsOf, withPull } from '../github/fixture.ts'

interface Subject {
  readonly pulls: Pulls
  readonly own: PullRequest
  readonly fork: PullRequest
}

const text = (number: number) => ({ title: `Pull request ${number}`, body: '', labels: [] })

async function onGitHub(): Promise<Subject> {
  const double = await github()
  const own = await withPull(double)
  await commitTo(double, 'theirs', { 'x.txt': 'x' }, 'main')
  const fork = await double.openPull({ branch: 'theirs', fork: { owner: 'mallory', id: 999 } })
  const base = { commit: own.baseCommit, branch: 'main' }
  return {
    pulls: portsOf(double).pulls,
    own: {
      number: 1,
      ...text(1),
      head: { commit: own.headCommit, branch: 'deeper', repository: 700, fork: false },
      base,
      open: true,
      mergeCommit: null,
    },
    fork: {
      number: 2,
      ...text(2),
      head: { commit: fork.headCommit, branch: 'theirs', repository: 999, fork: true },
      base,
      open: true,
      mergeCommit: null,
    },
  }
}

async function inMemory(): Promise<Subject> {
  const base = { commit: 'b'.repeat(40), branch: 'main' }
  const own = {
    number: 1,
    ...text(1),
    head: { commit: 'c'.repeat(40), branch: 'deeper', repository: 700, fork: false },
    base,
    open: true,
    mergeCommit: null,
  }
  const fork = {
    number: 2,
    ...text(2),
    head: { commit: 'd'.repeat(40), branch: 'theirs', repository: 999, fork: true },
    base,
    open: true,
    mergeCommit: null,
  }
  return {
    pulls: new MemoryPulls(new MemoryGitHub({ owner: 'acme', pulls: [own, { ...fork, owner: 'mallory' }] })),
    own,
    fork,
  }
}

describe.each([
  ['in memory', inMemory],
  ['on GitHub', onGitHub],
] as const)('pull requests %s', (_, start) => {
  test('are read by number', async () => {
    const { pulls, own, fork } = await start()
    expect(await pulls.get(1)).toEqual(own)
    expect(await pulls.get(2)).toEqual(fork)
    expect(await pulls.get(3)).toBeNull()
  })

  test('are found by owner and branch', async () => {
    const { pulls, own, fork } = await start()
    expect(await pulls.from('acme', 'deeper')).toEqual([own])
    expect(await pulls.from('mallory', 'theirs')).toEqual([fork])
    expect(await pulls.from('acme', 'absent')).toEqual([])
  })

  test('are found by a commit that they contain', async () => {
    const { pulls, own, fork } = await start()
    expect(await pulls.containing(fork.head.commit)).toEqual([fork])
    expect(await pulls.containing(own.base.commit)).toEqual([])
    expect(await pulls.containing('0'.repeat(40))).toEqual([])
  })
})
