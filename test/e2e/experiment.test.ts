import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './stage.ts'
import { UserProject } from './user-project.ts'

const ready =
  process.env.MLWRIGHT_TEST_ACT && process.env.MLWRIGHT_TEST_NODE24 && existsSync(join(root, 'dist/report.js'))

describe.skipIf(!ready)(
  'the starter workflow (skipped where MLWRIGHT_TEST_ACT and MLWRIGHT_TEST_NODE24 name no program, or before `npm run build`)',
  () => {
    let project: UserProject

    beforeAll(async () => {
      project = await UserProject.start('telco-churn')
      await project.upload('main')
      project.repository.git('checkout', '--quiet', '-b', 'shallower')
    })

    afterAll(async () => {
      await project?.close()
    })

    it('answers a pull request with one comment, a check and a record', async () => {
      project.repository.replace('mlwright.yml', 'leaves: 31, learning_rate: 0.1', 'leaves: 8, learning_rate: 0.05')
      project.repository.commit('Smaller trees')
      const { jobs, log } = await project.push('shallower')
      expect(jobs, log).toMatchObject({ train: 'success', publish: 'success', verdict: 'success' })
      expect(project.github.state.comments, log).toHaveLength(1)
      expect(project.github.state.comments[0]?.body).toContain('roc_auc')
      expect(project.github.state.checkRuns.at(-1)).toMatchObject({
        head_sha: project.github.state.pulls[0]?.headCommit,
        conclusion: 'success',
      })
      expect(await project.github.state.git.readRef('refs/heads/mlwright-records')).not.toBeNull()
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('updates the same comment after a second push', async () => {
      const [before] = project.github.state.comments.map(({ id, body }) => ({ id, body }))
      project.repository.replace('mlwright.yml', 'rounds: 100', 'rounds: 120')
      project.repository.commit('More rounds')
      const { jobs, log } = await project.push('shallower')
      expect(jobs, log).toMatchObject({ publish: 'success', verdict: 'success' })
      expect(project.github.state.comments, log).toHaveLength(1)
      expect(project.github.state.comments[0]?.id).toBe(before?.id)
      expect(project.github.state.comments[0]?.body).not.toBe(before?.body)
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('fails in the verdict job alone when a gate fails, and still comments', async () => {
      project.repository.git('checkout', '--quiet', '-b', 'guessing', 'main')
      project.repository.replace(
        'mlwright.yml',
        'algorithm: gradient-boosting\n      params: { rounds: 100, leaves: 31, learning_rate: 0.1 }',
        'algorithm: majority',
      )
      project.repository.commit('Guess')
      const { jobs, log } = await project.push('guessing')
      expect(jobs, log).toMatchObject({ train: 'success', publish: 'success', verdict: 'failure' })
      expect(project.commentsOn('guessing'), log).toHaveLength(1)
      expect(project.github.state.checkRuns.at(-1)?.conclusion).toBe('failure')
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('says in the comment what is wrong with a configuration, and fails', async () => {
      project.repository.git('checkout', '--quiet', '-b', 'typo', 'main')
      project.repository.replace('mlwright.yml', 'target: churn', 'targt: churn')
      project.repository.commit('A typo')
      const { jobs, log } = await project.push('typo')
      expect(jobs, log).toMatchObject({ publish: 'success', verdict: 'failure' })
      expect(project.commentsOn('typo')[0]?.body, log).toContain('did you mean `target`?')
      expect(project.github.violations).toEqual([])
    }, 300_000)
  },
)
