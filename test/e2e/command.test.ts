import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './stage.ts'
import { UserProject } from './user-project.ts'

const python = process.env.MLWRIGHT_TEST_PYTHON ?? 'python3'
const ready =
  process.env.MLWRIGHT_TEST_ACT &&
  process.env.MLWRIGHT_TEST_NODE24 &&
  existsSync(join(root, 'dist/report.js')) &&
  spawnSync(python, ['-c', 'import sklearn, skl2onnx, pandas']).status === 0

describe.skipIf(!ready)(
  'a command that trains (skipped where MLWRIGHT_TEST_ACT, MLWRIGHT_TEST_NODE24 and MLWRIGHT_TEST_PYTHON name no program, or before `npm run build`)',
  () => {
    let project: UserProject

    beforeAll(async () => {
      project = await UserProject.start('diabetes-sklearn')
      // The packages are there already, and there is no network to install them from.
      project.repository.replace('mlwright.yml', '      setup: python -m pip install --quiet -r requirements.txt\n', '')
      project.repository.commit('Use the packages at hand')
      await project.upload('main')
    })

    afterAll(async () => {
      await project?.close()
    })

    it('runs in one job, is judged in another and published from a third', async () => {
      project.repository.git('checkout', '--quiet', '-b', 'fewer-trees')
      project.repository.replace('mlwright.yml', 'estimators: 300', 'estimators: 100')
      project.repository.commit('Fewer trees')
      const { jobs, log } = await project.push('fewer-trees', dirname(python))
      expect(jobs, log).toMatchObject({ train: 'success', judge: 'success', publish: 'success', verdict: 'success' })
      const [comment] = project.commentsOn('fewer-trees')
      expect(comment?.body, log).toContain('`params.estimators` `300` → `100`')
      expect(project.github.violations).toEqual([])
    }, 300_000)
  },
)
