import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRegistry, registry } from '../oci/registry.ts'
import { root } from './stage.ts'
import { UserProject } from './user-project.ts'

const ready =
  process.env.MLWRIGHT_TEST_ACT && process.env.MLWRIGHT_TEST_NODE24 && existsSync(join(root, 'dist/register.js'))

const deploy =
  'name: deploy\non: { workflow_dispatch: { inputs: { model: {}, version: {}, stage: {}, tag: {} } } }\njobs: {}\n'

describe.skipIf(!ready)(
  'from a merge to a stage (skipped where MLWRIGHT_TEST_ACT and MLWRIGHT_TEST_NODE24 name no program, or before `npm run build`)',
  () => {
    let project: UserProject

    const tags = async () => (await project.github.state.git.run(['tag', '--list'])).split('\n').filter(Boolean)
    const state = () => project.github.state

    beforeAll(async () => {
      project = await UserProject.start('telco-churn')
      const { repository } = project
      mkdirSync(join(repository.folder, '.github/workflows'), { recursive: true })
      writeFileSync(join(repository.folder, '.github/workflows/deploy.yml'), deploy)
      repository.replace(
        'mlwright.yml',
        'models:\n',
        'registry: { stages: { production: { workflow: deploy.yml } } }\nmodels:\n',
      )
      repository.commit('Deploy what is promoted')
      await project.upload('main')
    })

    afterAll(async () => {
      await project?.close()
    })

    it('registers the very model that the pull request showed, and proposes its promotion', async () => {
      const { repository } = project
      repository.git('checkout', '--quiet', '-b', 'smaller')
      repository.replace('mlwright.yml', 'leaves: 31, learning_rate: 0.1', 'leaves: 8, learning_rate: 0.05')
      repository.commit('Smaller trees')
      const experiment = await project.push('smaller')
      expect(experiment.jobs, experiment.log).toMatchObject({ verdict: 'success' })
      const { jobs, log } = await project.onMain('release.yml', 'push', await project.merge('smaller'))
      expect(jobs, log).toMatchObject({ train: 'success', register: 'success' })
      expect(log).not.toContain('trained again')
      expect(await tags()).toEqual(['churn@v0.0.1'])
      const [release] = state().releases
      expect(release).toMatchObject({ tag: 'churn@v0.0.1', draft: false })
      expect(release?.assets.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['model.onnx', 'model-card.md', 'provenance.intoto.jsonl', 'SHA256SUMS']),
      )
      const promotion = state().pulls.at(-1)
      expect(promotion).toMatchObject({
        title: 'Promote churn v0.0.1 to production',
        branch: 'mlwright/promote/churn-production',
      })
      expect(project.commentsOn('mlwright/promote/churn-production')).toHaveLength(1)
      expect(state().checkRuns.at(-1)).toMatchObject({ head_sha: promotion?.headCommit, conclusion: 'success' })
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('changes nothing when it runs again', async () => {
      const before = state().releases.map(({ id, assets }) => [id, assets.map((asset) => asset.id)])
      const { jobs, log } = await project.onMain('release.yml', 'push', {})
      expect(jobs, log).toMatchObject({ register: 'success' })
      expect(await tags()).toEqual(['churn@v0.0.1'])
      expect(state().releases.map(({ id, assets }) => [id, assets.map((asset) => asset.id)])).toEqual(before)
      expect(state().pulls.filter(({ state: open }) => open === 'open')).toHaveLength(1)
    }, 300_000)

    it('moves the stage when the promotion is merged, and starts the workflow that the configuration names', async () => {
      const push = await project.merge('mlwright/promote/churn-production', 'merge')
      await project.github.deployJob({ environment: 'production' })
      const { jobs, log } = await project.onMain('promote.yml', 'push', push)
      expect(jobs, log).toMatchObject({ plan: 'success', promote: 'success' })
      expect(await tags()).toEqual(['churn#production#1', 'churn@v0.0.1'])
      expect(state().deployments.map(({ environment }) => environment)).toEqual(['production'])
      expect(state().dispatches).toMatchObject([
        {
          workflow: 'deploy.yml',
          inputs: { model: 'churn', version: 'v0.0.1', stage: 'production', tag: 'churn#production#1' },
        },
      ])
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('trains again, and says so, what no pull request of this repository showed; a rollback brings the old version back', async () => {
      const { repository } = project
      repository.replace('mlwright.yml', 'rounds: 100', 'rounds: 80')
      repository.commit('Straight to main')
      await project.upload('main')
      const release = await project.onMain('release.yml', 'push', {})
      expect(release.jobs, release.log).toMatchObject({ train: 'success', register: 'success' })
      expect(release.log).toContain('trained again')
      expect(await tags()).toContain('churn@v0.0.2')
      const evidence = project.commentsOn('mlwright/promote/churn-production').at(-1)?.body
      expect(evidence).toContain('v0.0.1')
      const push = await project.merge('mlwright/promote/churn-production')
      expect((await project.onMain('promote.yml', 'push', push)).jobs).toMatchObject({ promote: 'success' })
      const inputs = { mode: 'rollback', model: 'churn', version: '', stage: 'production' }
      const { jobs, log } = await project.onMain('promote.yml', 'workflow_dispatch', { inputs })
      expect(jobs, log).toMatchObject({ 'by-hand': 'success' })
      expect(await tags()).toEqual([
        'churn#production#1',
        'churn#production#2',
        'churn#production#3',
        'churn@v0.0.1',
        'churn@v0.0.2',
      ])
      const commit = (tag: string) => state().git.run(['rev-parse', `${tag}^{commit}`])
      expect(await commit('churn#production#3')).toBe(await commit('churn@v0.0.1'))
      expect(state().pulls.at(-1)?.title).toBe('Record the rollback of churn to v0.0.1 in production')
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it('gives each of two merges its version, though only one release ran after them', async () => {
      const { repository } = project
      for (const [branch, rounds, how] of [
        ['shorter', '60', 'rebase'],
        ['shortest', '40', 'queue'],
      ] as const) {
        repository.git('checkout', '--quiet', '-b', branch, 'main')
        const from = branch === 'shorter' ? '80' : '60'
        repository.replace('mlwright.yml', `rounds: ${from}`, `rounds: ${rounds}`)
        repository.commit(`Only ${rounds} rounds`)
        const { jobs, log } = await project.push(branch)
        expect(jobs, log).toMatchObject({ publish: 'success' })
        if (how === 'queue') await project.github.queuePull(project.numberOf(branch))
        await project.merge(branch, how)
      }
      const { jobs, log } = await project.onMain('release.yml', 'push', {})
      expect(jobs, log).toMatchObject({ train: 'success', register: 'success' })
      expect(log).not.toContain('trained again')
      expect((await tags()).filter((tag) => tag.startsWith('churn@'))).toEqual([
        'churn@v0.0.1',
        'churn@v0.0.2',
        'churn@v0.0.3',
        'churn@v0.0.4',
      ])
      const commit = (rev: string) => state().git.run(['rev-parse', rev])
      expect(await commit('churn@v0.0.4^{commit}~1')).toBe(await commit('churn@v0.0.3^{commit}'))
      expect(project.github.violations).toEqual([])
    }, 300_000)

    it.skipIf(!hasRegistry)(
      'packs the newest version once where the configuration says so, and links the image in the promotion (skipped where docker-registry is not installed)',
      async () => {
        const { repository } = project
        const host = await registry()
        repository.replace(
          'mlwright.yml',
          '    evaluate:\n',
          `    package: { image: '${host}/acme/churn' }\n    evaluate:\n`,
        )
        repository.commit('Pack what is released')
        await project.upload('main')
        const { jobs, log } = await project.onMain('release.yml', 'push', {})
        expect(jobs, log).toMatchObject({ register: 'success', push: 'success', record: 'success' })
        expect((await tags()).filter((tag) => tag.startsWith('churn@'))).toHaveLength(4)
        const stored = JSON.parse(await state().git.run(['show', 'mlwright-records:images/churn/v0.0.4.json']))
        expect(stored).toMatchObject({ kind: 'Image', name: 'churn', tag: `${host}/acme/churn:v0.0.4` })
        const answer = await fetch(`http://${host}/v2/acme/churn/manifests/v0.0.4`, {
          headers: { Accept: 'application/vnd.oci.image.manifest.v1+json' },
        })
        expect(answer.headers.get('docker-content-digest')).toBe(stored.digest)
        const promotion = state().pulls.findLast(({ state: open }) => open === 'open')
        expect(promotion).toMatchObject({ title: 'Promote churn v0.0.4 to production' })
        expect(promotion?.body).toContain(`Image: \`${host}/acme/churn@${stored.digest}\``)
        const again = await project.onMain('release.yml', 'push', {})
        expect(again.jobs, again.log).toMatchObject({ push: 'success' })
        expect(again.jobs).not.toMatchObject({ record: 'success' })
        expect(project.github.violations).toEqual([])
      },
      300_000,
    )
  },
)
