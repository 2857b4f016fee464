import { expect, test } from 'vitest'
import { commitTo, github, portsOf } from './fixture.ts'

const deploy = 'on:\n  workflow_dispatch:\n    inputs:\n      version: {}\n'

test('starts a workflow though nothing else that GITHUB_TOKEN does starts any', async () => {
  const double = await github()
  const commit = await commitTo(double, 'main', { '.github/workflows/deploy.yml': deploy })
  const { workflows, tags, releases } = portsOf(double)
  await tags.create({ name: 'churn@v1.0.0', commit, message: 'One' })
  await releases.publish((await releases.draft({ tag: 'churn@v1.0.0', title: '', body: '' })).id, true)
  await workflows.dispatch('deploy.yml', 'main', { version: 'v1.0.0' })
  expect(double.state.triggers).toEqual([{ event: 'workflow_dispatch', subject: 'deploy.yml', approval: false }])
})

test('says what is wrong with the file, the branch, the inputs or the token', async () => {
  const double = await github()
  await commitTo(double, 'main', { '.github/workflows/deploy.yml': deploy, '.github/workflows/push.yml': 'on: push\n' })
  const { workflows } = portsOf(double)
  await expect(workflows.dispatch('absent.yml', 'main', {})).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      'There is no workflow .github/workflows/absent.yml on the default branch; add it, with `workflow_dispatch` among its triggers, or correct its name.',
  })
  await expect(workflows.dispatch('push.yml', 'main', {})).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      "GitHub does not start .github/workflows/push.yml on main (422: Workflow does not have 'workflow_dispatch' trigger); check that the file is on that branch and that its `workflow_dispatch` takes no inputs.",
  })
  await expect(workflows.dispatch('deploy.yml', 'main', { stage: 'x', version: 'y' })).rejects.toMatchObject({
    message: expect.stringContaining('takes the inputs `stage`, `version`'),
  })
  await expect(
    portsOf(double, { contents: 'write' }).workflows.dispatch('deploy.yml', 'main', {}),
  ).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringContaining('`permissions: actions: write`'),
  })
})
