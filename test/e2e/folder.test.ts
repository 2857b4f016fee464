import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './stage.ts'
import { UserProject } from './user-project.ts'

const ready =
  process.env.MLWRIGHT_TEST_ACT && process.env.MLWRIGHT_TEST_NODE24 && existsSync(join(root, 'dist/register.js'))

const folder = 'services/churn'

describe.skipIf(!ready)(
  'a project in a folder of a repository (skipped where MLWRIGHT_TEST_ACT and MLWRIGHT_TEST_NODE24 name no program, or before `npm run build`)',
  () => {
    let project: UserProject

    beforeAll(async () => {
      project = await UserProject.start('telco-churn')
      const { repository } = project
      mkdirSync(join(repository.folder, folder), { recursive: true })
      repository.git('mv', 'mlwright.yml', 'contracts', 'data', folder)
      for (const name of ['experiment', 'release']) {
        const uses = `    uses: mlwright/mlwright/.github/workflows/${name}.yml@v1\n`
        const given = `    with: { working-directory: ${folder} }\n`
        repository.replace(`.github/workflows/${name}.yml`, uses, uses + given)
      }
      repository.replace('.github/workflows/promote.yml', 'with: {', `with: { working-directory: ${folder},`)
      repository.commit('Move the project into a folder')
      await project.upload('main')
    })

    afterAll(async () => {
      await project?.close()
    })

    it('comes from a pull request by a merge and its promotion to a stage like one at the top', async () => {
      const { github, repository } = project
      const { state } = github
      repository.git('checkout', '--quiet', '-b', 'smaller')
      repository.replace(`${folder}/mlwright.yml`, 'leaves: 31, learning_rate: 0.1', 'leaves: 8, learning_rate: 0.05')
      repository.commit('Smaller trees')
      const experiment = await project.push('smaller')
      expect(experiment.jobs, experiment.log).toMatchObject({ publish: 'success', verdict: 'success' })
      expect(project.commentsOn('smaller').map(({ body }) => body)).toEqual([expect.stringContaining('roc_auc')])
      const release = await project.onMain('release.yml', 'push', await project.merge('smaller'))
      expect(release.jobs, release.log).toMatchObject({ train: 'success', register: 'success' })
      expect(release.log).not.toContain('trained again')
      expect(state.releases).toMatchObject([{ tag: 'churn@v0.0.1', draft: false }])
      const changed = await state.git.run(['diff', '--name-only', 'main', 'mlwright/promote/churn-production'])
      expect(changed).toBe(`${folder}/models/churn/stages.yml`)
      const push = await project.merge('mlwright/promote/churn-production')
      const promotion = await project.onMain('promote.yml', 'push', push)
      expect(promotion.jobs, promotion.log).toMatchObject({ plan: 'success', promote: 'success' })
      expect(await state.git.run(['tag', '--list'])).toBe('churn#production#1\nchurn@v0.0.1')
      expect(github.violations).toEqual([])
    }, 300_000)
  },
)
