import { parseConfig } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { describe, expect, test } from 'vitest'
import { branch, bytes, configOf, retrainedRepository, visits } from './retrained.ts'

/** Production a month later: larger amounts, and who buys has changed. */
const drifted = { 'seen.csv': visits(500, { shift: 15, limit: 70, start: 11 }) }
const newer = { 'seen.csv': visits(700, { shift: 15, limit: 70, start: 11 }) }
const calm = { 'seen.csv': visits(400) }

const textAt = async (here: ReturnType<typeof retrainedRepository>, commit: string, path: string) =>
  new TextDecoder().decode((await here.state.refs.read(commit, path)) ?? bytes(''))

describe('where the data drifts, one pull request', () => {
  test('brings a candidate that its own experiment will train again, with the evidence', async () => {
    const here = retrainedRepository()
    await here.week(calm)
    expect([here.state.pulls, here.head(), here.comments.comments]).toEqual([[], null, []])
    const { published, commit } = await here.week(drifted)
    expect(published.said).toMatch(
      /^churn: \S+ is picked of combined, window and new-only\. Pull request #1: Retrain churn \(\S+\)\.$/,
    )
    const [pull, ...others] = here.state.pulls
    expect(others).toEqual([])
    expect(pull).toMatchObject({ open: true, head: { branch }, base: { branch: 'main' } })
    for (const part of [
      '<!-- mlwright:retrain model=churn -->\nMerging this trains `churn` on ',
      '| Trained on | Rows | Old holdout (80 rows) | Change | New holdout (148 rows) | Change |',
      '| Champion `main` |',
      '**The rule**: the best `roc_auc` on the new holdout',
      "**New data**: 500 rows of `seen`, 500 with a label, of which the model's data has 7 already.",
      '**`amount` has drifted',
      'since 2026-11-16 (1 run without a break)',
      '| Column | Effect | Matters from | Test | p-value | Level | Since |',
      '    title "amount"\n    x-axis "runs until the newest" 1 --> 2',
      '**What it did to the model**, measured with labels: `roc_auc` of `main` is ',
      '**Error budget**: 2 runs this year, of 52, spent ',
      '**Approve workflows to run**',
      'no other one is opened for 14 days',
    ])
      expect(pull!.body).toContain(part)

    const head = here.head()!
    expect(here.state.refs.commits.get(head)?.parent).toBe(commit)
    const blobs = async (ref: string) => (await here.state.refs.tree(ref)).map(({ path, oid }) => `${path} ${oid}`)
    const there = await blobs(commit)
    const changed = (await blobs(head)).filter((blob) => !there.includes(blob)).map((blob) => blob.split(' ')[0])
    expect(changed).toEqual(['mlwright.yml', 'models/churn/training-data.parquet'])
    const { models, datasets } = parseConfig(await textAt(here, head, 'mlwright.yml'), 'mlwright.yml')
    expect(models.churn).toMatchObject({
      dataset: 'churn-training-data',
      split: { method: 'column', column: 'mlwright_split' },
      monitor: { current: 'seen.csv' },
    })
    expect(datasets['churn-training-data']).toEqual({ source: 'models/churn/training-data.parquet' })

    const stored = await new Records(here.state.refs).ofCommit(head, 'churn')
    expect(stored?.run).toMatchObject({ failure: null, stamp: { workflow_run: 102, fork: false } })
    expect(pull!.body).toContain(`(inputs \`${stored!.run.input_digest.slice(0, 16)}\`)`)
    expect(stored?.evaluation?.rows).toBe(80 + 148)
    expect(here.comments.comments).toMatchObject([
      { pullRequest: 1, body: expect.stringContaining('Both models are compared on the same 228 rows.') },
    ])
    expect([...here.checks.published.values()]).toMatchObject([{ name: 'mlwright / shop', commit: head }])
    expect(await here.remembered()).toMatchObject([{ pull: 1, decision: 'open' }])
    expect([...here.state.refs.heads.keys()].filter((name) => name.startsWith('mlwright-lease'))).toEqual([])
  })

  test('changes nothing when its run runs again, and only its text when the same data is looked at again', async () => {
    const here = retrainedRepository()
    const { run } = await here.week(drifted)
    const before = structuredClone([here.state.pulls, here.comments.comments, here.head(), await here.remembered()])
    await here.week(drifted, { run, attempt: 2, days: 0 })
    expect([here.state.pulls, here.comments.comments, here.head(), await here.remembered()]).toEqual(before)
    const head = here.head()
    await here.week(drifted)
    expect(here.head()).toBe(head)
    expect(here.state.pulls).toHaveLength(1)
    expect(here.state.pulls[0]!.body).toContain('since 2026-11-09 or earlier (2 runs without a break)')
    expect(here.comments.comments).toHaveLength(1)
  })

  test('takes over the branch of a run that was cut short before it wrote what it did', async () => {
    const here = retrainedRepository()
    const { run } = await here.week(drifted)
    const head = here.head()
    await here.state.refs.commit('mlwright-records', 'Lose it', new Map([['retraining/churn.json', null]]))
    await here.week(drifted, { run, attempt: 2, days: 0 })
    expect(here.head()).toBe(head)
    expect(await here.remembered()).toMatchObject([{ pull: 1, decision: 'open' }])
    await here.week(newer)
    expect(here.head()).not.toBe(head)
  })

  test('brings newer data on the same branch as it comes', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    const head = here.head()
    const { commit } = await here.week(newer)
    expect(here.head()).not.toBe(head)
    expect(here.state.refs.commits.get(here.head()!)?.parent).toBe(commit)
    expect(here.state.pulls).toMatchObject([{ number: 1, body: expect.stringContaining('**New data**: 700 rows') }])
    expect(here.comments.comments).toHaveLength(1)
    expect(await here.remembered()).toMatchObject([{ pull: 1, decision: 'open' }])
  })

  test('is closed with a word when nothing drifts any more, and another one is opened for the next drift', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    const { published } = await here.week(calm)
    expect(published.said).toBe('churn does not drift. Closed #1: churn does not drift any more.')
    expect(here.state.pulls).toMatchObject([{ number: 1, open: false }])
    expect(here.comments.comments.at(-1)?.body).toMatch(
      /^<!-- mlwright:retrain-cleared 20261116T043000Z-\w{8} -->\nNo drift any more: `seen` \(400 rows\) fits `visits`, looked at on 2026-11-16\. It had lasted from 2026-11-09 to 2026-11-09\. So there is nothing to train again for\.$/,
    )
    expect(here.head()).toBeNull()
    await here.week(calm)
    expect(here.comments.comments).toHaveLength(2)
    await here.week(drifted)
    expect(here.state.pulls).toMatchObject([{ open: false }, { number: 2, open: true }])
    expect(await here.remembered()).toMatchObject([
      { pull: 1, decision: 'cleared' },
      { pull: 2, decision: 'open' },
    ])
  })
})

describe('what people decide', () => {
  test('to close it keeps another one away for the cool-down, and is remembered', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    here.state.pulls[0] = { ...here.state.pulls[0]!, open: false, closedAt: '2026-11-10T09:00:00Z' }
    const { published } = await here.week(drifted)
    expect(published.said).toContain(
      'churn: pull request #1 was closed, so that no other one is opened until 2026-11-24 (models.churn.retrain.cooldown_days).',
    )
    expect(await here.remembered()).toMatchObject([{ pull: 1, decision: 'closed' }])
    await here.week(drifted, { days: 9 })
    expect(here.state.pulls).toHaveLength(2)
    expect(await here.remembered()).toMatchObject([{ decision: 'closed' }, { pull: 2, decision: 'open' }])
  })

  test('to open it again takes that back', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    here.state.pulls[0] = { ...here.state.pulls[0]!, open: false, closedAt: '2026-11-10T09:00:00Z' }
    await here.week(drifted)
    here.state.pulls[0] = { ...here.state.pulls[0]!, open: true }
    const { published } = await here.week(newer)
    expect(published.said).toContain('Pull request #1: Retrain churn')
    expect(await here.remembered()).toMatchObject([{ pull: 1, decision: 'open' }])
    await here.week(calm)
    expect(here.state.pulls).toMatchObject([{ number: 1, open: false }])
  })

  test('to open it again and merge it, before anybody looks, counts as merged', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    here.state.pulls[0] = { ...here.state.pulls[0]!, open: false, closedAt: '2026-11-10T09:00:00Z' }
    await here.week(drifted)
    here.state.pulls[0] = { ...here.state.pulls[0]!, mergeCommit: here.head()! }
    await here.week(newer)
    expect(await here.remembered()).toMatchObject([{ pull: 1, decision: 'merged' }])
  })

  test('to close it counts for as long as the configuration says', async () => {
    const here = retrainedRepository()
    const config = configOf('    retrain: { cooldown_days: 0, strategy: new-only }\n')
    await here.week(drifted, { config })
    here.state.pulls[0] = { ...here.state.pulls[0]!, open: false }
    await here.week(drifted, { config })
    expect(here.state.pulls).toHaveLength(2)
    expect(here.state.pulls[1]!.body).toContain('no other one is opened for 0 days')
    expect((await here.remembered()).map(({ strategy }) => strategy)).toEqual(['new-only', 'new-only'])
  })

  test('to merge it lets the version be promoted first', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    here.state.pulls[0] = { ...here.state.pulls[0]!, open: false, mergeCommit: here.head()! }
    const { published } = await here.week(newer)
    expect(published.said).toContain('pull request #1 was merged, so that no other one is opened until')
    expect(await here.remembered()).toMatchObject([{ pull: 1, decision: 'merged' }])
  })

  test('to commit to its branch leaves that to them: only the text changes from then on', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    const theirs = await here.push('notes.md', 'Mine')
    const { published } = await here.week(newer)
    expect(published.said).toContain('#1 has commits by others; its branch is left as it is.')
    expect(here.head()).toBe(theirs)
    expect(here.state.pulls[0]).toMatchObject({
      open: true,
      body: expect.stringContaining('⚠️ This branch has commits by others and is left as it is.'),
    })
    await here.week(newer)
    const said = here.comments.comments.filter(({ body }) => body.includes('mlwright:retrain-kept'))
    expect(said).toHaveLength(1)
    const cleared = await here.week(calm)
    expect(cleared.published.said).toContain('#1 stays open: others have committed to it.')
    expect(here.state.pulls[0]).toMatchObject({ open: true })
    expect(here.head()).toBe(theirs)
  })

  test('to commit beside the same data leaves that to them too, and their branch stays when nothing drifts', async () => {
    const here = retrainedRepository()
    await here.week(drifted)
    const theirs = await here.push('notes.md', 'Mine')
    const { published } = await here.week(drifted)
    expect(published.said).toContain('#1 has commits by others; its branch is left as it is.')
    await here.week(newer)
    expect(here.head()).toBe(theirs)
    const cleared = await here.week(calm)
    expect(cleared.published.said).toContain('#1 stays open: others have committed to it.')
    expect(here.head()).toBe(theirs)
  })

  test('to work on a branch of that name without a pull request is respected', async () => {
    const here = retrainedRepository()
    const { commit } = await here.week(calm)
    here.state.refs.heads.set(branch, commit)
    const theirs = await here.push('notes.md', 'Mine')
    const { published } = await here.week(drifted)
    expect(published.said).toContain('The branch mlwright/retrain/churn has commits by others and is left as it is')
    expect([here.head(), here.state.pulls]).toEqual([theirs, []])
  })
})

describe('where GitHub Actions may not open pull requests', () => {
  test('the branch is left for opening by hand, and what a person opens is taken over', async () => {
    const here = retrainedRepository()
    here.state.opensPulls = false
    const { published } = await here.week(drifted)
    expect(published.exitCode).toBe(0)
    expect(published.said).toContain(
      'GitHub Actions may not open pull requests here: open it at https://github.com/acme/shop/compare/main...mlwright/retrain/churn?expand=1, or allow it under Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests".',
    )
    expect(here.head()).not.toBeNull()
    expect(await here.remembered()).toMatchObject([{ pull: null, decision: 'open' }])
    const opened = { number: 7, title: 'Mine', body: '', labels: [], open: true, mergeCommit: null } as const
    here.state.pulls.push({
      ...opened,
      head: { commit: here.head()!, branch, repository: 1, fork: false },
      base: { commit: here.state.refs.heads.get('main')!, branch: 'main' },
    })
    await here.week(drifted)
    expect(here.state.pulls).toMatchObject([{ number: 7, title: expect.stringMatching(/^Retrain churn/) }])
    expect(here.comments.comments).toMatchObject([{ pullRequest: 7 }])
    expect(await here.remembered()).toMatchObject([{ pull: 7, decision: 'open' }])
    await here.week(calm)
    expect(here.state.pulls).toMatchObject([{ number: 7, open: false }])
  })

  test('the branch goes when nothing drifts any more', async () => {
    const here = retrainedRepository()
    here.state.opensPulls = false
    await here.week(drifted)
    await here.week(calm)
    expect(here.head()).toBeNull()
    expect(await here.remembered()).toMatchObject([{ pull: null, decision: 'cleared' }])
  })
})

describe('without a candidate', () => {
  const nothing = async (here: ReturnType<typeof retrainedRepository>) =>
    [here.state.pulls, here.head(), await here.remembered()] as const

  test('nothing is proposed while too few new rows have labels: none, one, or fewer than wanted', async () => {
    const here = retrainedRepository()
    const unlabelled = { 'seen.csv': visits(500, { shift: 15, label: false }) }
    expect((await here.week(unlabelled)).published.said).toBe(
      'churn: No label of seen has arrived, so there is nothing to learn from.',
    )
    const one = `${visits(500, { shift: 15 })
      .split('\n')
      .map((line, at) => (at > 1 ? line.replace(/[^,]*$/, '') : line))
      .join('\n')}\n`
    expect((await here.week({ 'seen.csv': one })).published.said).toBe(
      'churn: 1 row of seen is new and has a label; retraining waits for 200 (models.churn.retrain.rows).',
    )
    const config = configOf('    retrain: { rows: 600 }\n')
    expect((await here.week(drifted, { config })).published.said).toBe(
      'churn: 493 rows of seen are new and have a label; retraining waits for 600 (models.churn.retrain.rows).',
    )
    expect(await nothing(here)).toEqual([[], null, []])
  })

  test('one row that production saw, and none at all, end in a sentence', async () => {
    const here = retrainedRepository()
    expect((await here.week({ 'seen.csv': visits(1, { shift: 15 }) })).published.exitCode).toBe(0)
    expect((await here.week({ 'seen.csv': visits(0) })).published.said).toBe(
      'churn: The data cannot be compared, and has to be mended first.',
    )
    expect(await nothing(here)).toEqual([[], null, []])
  })

  test('a feature that production no longer has is named', async () => {
    const here = retrainedRepository()
    const without = visits(500, { shift: 15 }).replaceAll(/,(plan|pro|basic)(?=,)/g, '')
    expect((await here.week({ 'seen.csv': without })).published.said).toBe(
      'churn: seen lacks plan, which churn learns from.',
    )
    expect(await nothing(here)).toEqual([[], null, []])
  })

  test('labels that never came in the file they are to come in say so; those that contradict each other count as none', async () => {
    const here = retrainedRepository()
    const rows = visits(500, { shift: 15.5, limit: 70 })
      .trim()
      .split('\n')
      .map((line, at) => (at === 0 ? `id,${line}` : `${at},${line}`))
    const seen = rows.map((line) => line.split(',').slice(0, 3).join(',')).join('\n')
    const labels = rows.map((line) => [line.split(',')[0], line.split(',')[3]].join(','))
    const twice = labels
      .slice(1, 301)
      .map((line) => line.replace(/\w+_$/, (label) => (label === 'yes_' ? 'no_' : 'yes_')))
    await here.week({ 'seen.csv': seen }, { config: configOf('', '{ current: seen.csv, ignore: [id] }') })
    const config = configOf('', '{ current: seen.csv, labels: "late-*.csv", key: id }')
    const unseen = { config, monitored: false }
    expect((await here.week({ 'seen.csv': seen }, unseen)).published.said).toBe(
      'churn: No label of seen has arrived, so there is nothing to learn from.',
    )
    const late = { 'late-1.csv': `${labels.join('\n')}\n`, 'late-2.csv': `id,bought\n${twice.join('\n')}\n` }
    const { published } = await here.week({ 'seen.csv': seen, ...late }, unseen)
    expect(published.said).toContain('Pull request #1')
    expect(here.state.pulls[0]!.body).toContain('**New data**: 500 rows of `seen`, 200 with a label.')
  })

  test('the history is missing in one sentence, and a report that is given takes its place', async () => {
    const here = retrainedRepository()
    const none = await here.week(drifted, { monitored: false, inputs: { model: 'churn' } })
    expect(none.prepared.said).toContain('The records have no monitoring of churn yet; run `monitor` first')
    const wrong = await here.week(drifted, { monitored: false, inputs: { reason: 'nowhere.json' } })
    expect(wrong.prepared.said).toContain('There is no drift report at nowhere.json')
    const { folder } = await here.week(drifted)
    const report = new TextDecoder().decode(
      (await here.state.refs.read('mlwright-records', (await points(here)).at(-1)!)) ?? bytes(''),
    )
    expect(folder).not.toBe('')
    const given = retrainedRepository()
    const { published } = await given.week(
      { ...drifted, 'why.json': report },
      { monitored: false, inputs: { reason: 'why.json' } },
    )
    expect(published.said).toContain('Pull request #1')
  })
})

const points = async (here: ReturnType<typeof retrainedRepository>) =>
  (await here.state.refs.tree('mlwright-records', 'monitoring/churn')).map(({ path }) => path)

describe('the writing job', () => {
  test('takes no other data than the candidate was trained from, and leaves no branch of it', async () => {
    const here = retrainedRepository()
    const { artifacts } = await here.week(calm)
    const other = {
      upload: async () => {},
      async download(name: string, folder: string) {
        const found = await here.artifacts().download(name, folder)
        const { writeFile } = await import('node:fs/promises')
        await writeFile(`${folder}/retrain/churn/data.parquet`, 'other rows')
        return found
      },
    }
    expect(artifacts).toBeDefined()
    const { published } = await here.week(drifted, { ports: { artifacts: other } })
    expect(published.exitCode).toBe(1)
    expect(published.said).toMatch(
      /The record of churn was made from other inputs than commit \w{8} holds, so it is not trusted/,
    )
    expect([here.head(), here.state.pulls, await here.remembered()]).toEqual([null, [], []])
  })
})
