import { MemoryGitHub, MemoryPulls } from '@mlwright/action'
import type { PullRequest, Pulls, Refs } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { commitTo, github, portsOf, withPull } from '../github/fixture.ts'

interface Subject {
  readonly pulls: Pulls
  /** Of the repository itself. */
  readonly refs: Refs
  /** Sets whether GitHub Actions may open pull requests. */
  readonly allow: (may: boolean) => void
  readonly own: PullRequest
  readonly fork: PullRequest
}

const files = (entries: Readonly<Record<string, string>>) =>
  new Map(Object.entries(entries).map(([path, content]) => [path, new TextEncoder().encode(content)] as const))
const text = (number: number) => ({ title: `Pull request ${number}`, body: '', labels: [] })

async function onGitHub(): Promise<Subject> {
  const double = await github()
  const own = await withPull(double)
  await commitTo(double, 'theirs', { 'x.txt': 'x' }, 'main')
  const fork = await double.openPull({ branch: 'theirs', fork: { owner: 'mallory', id: 999 } })
  const base = { commit: own.baseCommit, branch: 'main' }
  const { pulls, refs } = portsOf(double)
  return {
    pulls,
    refs,
    allow: (may) => {
      double.state.settings.actionsOpenPulls = may
    },
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
  const state = new MemoryGitHub({ owner: 'acme', pulls: [own, { ...fork, owner: 'mallory' }] })
  await state.refs.commit('main', 'One', files({ 'README.md': 'Churn' }))
  return {
    pulls: new MemoryPulls(state),
    refs: state.refs,
    allow: (may) => {
      state.opensPulls = may
    },
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

  const branch = 'mlwright/promote/churn-production'
  const promotion = { branch, base: 'main', title: 'Promote churn v1.4.0', body: 'Better on the same rows.' }

  async function promoted(refs: Refs): Promise<string> {
    const onto = (await refs.resolve('main'))!
    return refs.commit(branch, 'Promote', files({ 'stages.yml': 'production: v1.4.0\n' }), { onto })
  }

  test('are opened once from a branch', async () => {
    const { pulls, refs } = await start()
    const commit = await promoted(refs)
    const opened = await pulls.open(promotion)
    expect(opened).toMatchObject({
      title: promotion.title,
      body: promotion.body,
      labels: [],
      head: { commit, branch, fork: false },
      base: { branch: 'main' },
      open: true,
      mergeCommit: null,
    })
    expect(await pulls.open({ ...promotion, title: 'Again' })).toEqual(opened)
    expect(await pulls.from('acme', branch)).toEqual([opened])
  })

  test('are not opened where the repository forbids it, but found where somebody else has', async () => {
    const { pulls, refs, allow } = await start()
    await promoted(refs)
    allow(false)
    expect(await pulls.open(promotion)).toBeNull()
    allow(true)
    const opened = await pulls.open(promotion)
    allow(false)
    expect(await pulls.open(promotion)).toEqual(opened)
  })

  test('are not opened where there is nothing to pull', async () => {
    const { pulls } = await start()
    await expect(pulls.open({ ...promotion, branch: 'absent' })).rejects.toMatchObject({ code: 'API_FAILED' })
    await expect(pulls.open({ ...promotion, branch: 'main' })).rejects.toMatchObject({ code: 'API_FAILED' })
  })

  test('are edited and closed, and another is opened then', async () => {
    const { pulls, refs } = await start()
    await promoted(refs)
    const { number } = (await pulls.open(promotion))!
    expect(await pulls.edit(number, { title: 'Promote churn v1.5.0' })).toMatchObject({
      title: 'Promote churn v1.5.0',
      body: promotion.body,
    })
    expect(await pulls.edit(number, { body: 'New.', state: 'closed' })).toMatchObject({
      body: 'New.',
      open: false,
      closedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
    expect(await pulls.edit(999, { title: 'x' })).toBeNull()
    expect(await pulls.from('acme', branch)).toEqual([])
    expect((await pulls.open(promotion))?.number).toBe(number + 1)
  })
})
