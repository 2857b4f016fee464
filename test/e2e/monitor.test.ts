import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './stage.ts'
import { UserProject } from './user-project.ts'

const ready =
  process.env.MLWRIGHT_TEST_ACT && process.env.MLWRIGHT_TEST_NODE24 && existsSync(join(root, 'dist/monitor.js'))

describe.skipIf(!ready)(
  'monitoring on a schedule (skipped where MLWRIGHT_TEST_ACT and MLWRIGHT_TEST_NODE24 name no program, or before `npm run build`)',
  () => {
    let project: UserProject

    const state = () => project.github.state
    const points = async () =>
      (await state().git.run(['ls-tree', '-r', '--name-only', 'mlwright-records', 'monitoring/']))
        .split('\n')
        .filter(Boolean)

    const looked = { monitor: 'success', train: 'success', publish: 'success' }
    const branch = 'mlwright/retrain/churn'
    const proposals = () => state().pulls.filter((pull) => pull.branch === branch)

    /** What production saw in a week: customers of the training data, each of them so much longer. */
    async function week(longer: number, labelled = false) {
      const { repository } = project
      const [head, ...rows] = readFileSync(join(repository.folder, 'data/telco-churn.csv'), 'utf8').trim().split('\n')
      const names = head!.split(',')
      const [tenure, target] = [names.indexOf('"tenure"'), names.indexOf('"churn"')]
      const seen = rows
        .filter((_, index) => index % 5 === 2)
        .map((row) => row.split(',').map((cell, at) => (at === tenure ? String(Number(cell) + longer) : cell)))
      const lines = [names, ...seen].map((cells) => cells.filter((_, at) => labelled || at !== target).join(','))
      writeFileSync(join(repository.folder, 'data/seen.csv'), `${lines.join('\n')}\n`)
      repository.commit('What production saw')
      await project.upload('main')
      return project.onMain('monitor.yml', 'schedule', { schedule: '30 4 * * 1' })
    }

    beforeAll(async () => {
      project = await UserProject.start('telco-churn')
      const { repository } = project
      repository.replace('mlwright.yml', '    evaluate:\n', '    monitor: { current: data/seen.csv }\n    evaluate:\n')
      repository.commit('Monitor what production saw')
      await project.upload('main')
      const { jobs, log } = await project.onMain('release.yml', 'push', {})
      expect(jobs, log).toMatchObject({ train: 'success', register: 'success' })
      const promoted = await project.onMain('promote.yml', 'workflow_dispatch', {
        inputs: { mode: 'direct', model: 'churn', version: '', stage: 'production' },
      })
      expect(promoted.jobs, promoted.log).toMatchObject({ 'by-hand': 'success' })
    }, 300_000)

    afterAll(async () => {
      await project?.close()
    })

    it('is silent while the data fits the released profile', async () => {
      const { jobs, log } = await week(0)
      expect(jobs, log).toEqual(looked)
      expect(log).toContain('seen against churn@v0.0.1: pass, no drift.')
      expect(await points()).toEqual([expect.stringMatching(/^monitoring\/churn\/\d{8}T\d{6}Z-[0-9a-f]{8}\.json$/)])
      expect(state().issues).toEqual([])
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('opens an issue when it drifts, and closes it when it does not any more', async () => {
      const { jobs, log } = await week(20)
      expect(jobs, log).toEqual(looked)
      expect(state().issues).toMatchObject([
        { title: 'Data drift: churn', author: 'github-actions[bot]', state: 'open' },
      ])
      expect(state().issues[0]?.body).toContain('**`tenure` has drifted** in `seen`')
      const calm = await week(0)
      expect(calm.jobs, calm.log).toEqual(looked)
      expect(state().issues).toMatchObject([{ state: 'closed' }])
      expect(state().comments.filter(({ issue }) => issue === state().issues[0]?.number)).toHaveLength(1)
      expect(await points()).toHaveLength(3)
      expect(await state().git.run(['branch', '--list', 'mlwright-lease*'])).toBe('')
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('opens a pull request that trains again where labels have arrived, and closes it when nothing drifts', async () => {
      const { jobs, log } = await week(20, true)
      expect(jobs, log).toEqual(looked)
      const [pull, ...others] = proposals()
      expect(others).toEqual([])
      expect(pull).toMatchObject({ branch, state: 'open' })
      for (const part of [
        '| Champion `churn@v0.0.1` |',
        '**`tenure` has drifted** in `seen`',
        'title "tenure"',
        'Old holdout (1,409 rows)',
        '**What it did to the model**, measured with labels',
      ])
        expect(pull?.body).toContain(part)
      expect(project.commentsOn(branch)).toHaveLength(1)
      expect(state().issues).toMatchObject([{ state: 'open' }])
      const calm = await week(0)
      expect(calm.jobs, calm.log).toEqual(looked)
      expect(proposals()).toMatchObject([{ state: 'closed' }])
      expect(state().issues).toMatchObject([{ state: 'closed' }])
      expect(project.commentsOn(branch)).toHaveLength(2)
      expect(await state().git.run(['branch', '--list', branch])).toBe('')
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('makes a version of the very candidate when that is merged, without another training', async () => {
      await week(20, true)
      const stored = JSON.parse(await state().git.run(['show', 'mlwright-records:retraining/churn.json']))
      const { run: id, pull, head } = stored.proposals.at(-1)
      expect(stored.proposals).toMatchObject([{ decision: 'cleared' }, { decision: 'open', pull }])
      expect(await state().git.run(['rev-parse', branch])).toBe(head)
      const run = JSON.parse(await state().git.run(['show', `mlwright-records:runs/churn/${id}/run.json`]))
      const { jobs, log } = await project.onMain('release.yml', 'push', await project.merge(branch))
      expect(jobs, log).toMatchObject({ train: 'success', register: 'success' })
      expect(log).not.toContain('is trained again')
      expect(
        await state().git.run([
          'for-each-ref',
          '--format=%(contents)',
          'refs/tags/churn@v0.1.0',
          'refs/tags/churn@v0.0.2',
          'refs/tags/churn@v1.0.0',
        ]),
      ).toContain(run.model_file.digest)
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('writes the dashboard every morning, and hands it to Pages', async () => {
      const { jobs, log } = await project.onMain('dashboard.yml', 'schedule', { schedule: '45 5 * * *' })
      expect(jobs, log).toEqual({ dashboard: 'success', deploy: 'success' })
      expect(log).toMatch(/The dashboard of 1 model is \S+\/dashboard\/index\.html/)
      expect(project.github.violations).toEqual([])
    }, 300_000)
  },
)
