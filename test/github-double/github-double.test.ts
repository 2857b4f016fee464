import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { commitTo, github, temporaryFolder, withPull } from '../github/fixture.ts'
import { startGitHub } from './src/index.ts'

const run = promisify(execFile)
const repository = '/repos/acme/telco-churn'

async function ask(
  url: string,
  token: string,
  body?: unknown,
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const response = await fetch(url, {
    headers: { authorization: `token ${token}` },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

test('complains about what GitHub does not describe', async () => {
  const double = await startGitHub()
  onTestFinished(() => double.close())
  const { headCommit } = await withPull(double)
  const token = double.token({ permissions: { checks: 'write' } })
  const wrong = { name: 'x', head_sha: headCommit, conclusion: 'sad' }
  expect((await ask(`${double.apiUrl}${repository}/check-runs`, token, wrong)).status).toBe(422)
  expect((await ask(`${double.apiUrl}${repository}/pulls?colour=red`, token)).status).toBe(422)
  expect(double.violations).toEqual(
    expect.arrayContaining([
      'POST /repos/{owner}/{repo}/check-runs request/conclusion: must be equal to one of the allowed values',
      'GET /repos/{owner}/{repo}/pulls has no query parameter colour',
    ]),
  )
})

test('answers in the shape that GitHub describes, page by page', async () => {
  const double = await github()
  await withPull(double)
  await commitTo(double, 'other', { 'x.txt': 'x' }, 'main')
  for (let index = 0; index < 4; index++) await double.openPull({ branch: 'other' })
  const token = double.token({ permissions: {} })
  const second = await ask(`${double.apiUrl}${repository}/pulls?per_page=2&page=2`, token)
  expect(second.body).toMatchObject([{ number: 3 }, { number: 4 }])
  expect(second.headers.get('link')).toContain(`<${double.apiUrl}${repository}/pulls?per_page=2&page=3>; rel="next"`)
})

test('tells a token what it lacks, as GitHub does', async () => {
  const double = await github()
  await withPull(double)
  const token = double.token({ permissions: { contents: 'write' } })
  const answer = await ask(`${double.apiUrl}${repository}/issues/1/comments`, token, { body: 'x' })
  expect(answer.status).toBe(403)
  expect(answer.body).toMatchObject({ message: 'Resource not accessible by integration' })
  expect(answer.headers.get('x-accepted-github-permissions')).toBe('pull_requests=write; issues=write')
})

test('refuses a reference that exists and an update that is no fast forward', async () => {
  const double = await github()
  const { headCommit, baseCommit } = await withPull(double)
  const token = double.token({ permissions: { contents: 'write' } })
  const created = await ask(`${double.apiUrl}${repository}/git/refs`, token, {
    ref: 'refs/heads/main',
    sha: headCommit,
  })
  expect([created.status, created.body]).toMatchObject([422, { message: 'Reference already exists' }])
  const back = await fetch(`${double.apiUrl}${repository}/git/refs/heads/deeper`, {
    method: 'PATCH',
    headers: { authorization: `token ${token}` },
    body: JSON.stringify({ sha: baseCommit }),
  })
  expect([back.status, await back.json()]).toMatchObject([422, { message: 'Update is not a fast forward' }])
})

test('is cloned from and pushed to by git', async () => {
  const double = await github()
  await withPull(double)
  const folder = join(temporaryFolder(), 'clone')
  await run('git', ['clone', '-q', `${double.apiUrl}/acme/telco-churn.git`, folder])
  writeFileSync(join(folder, 'new.txt'), 'new')
  const identity = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com']
  for (const args of [
    ['add', '.'],
    [...identity, 'commit', '-qm', 'Add'],
    ['push', '-q', 'origin', 'HEAD:deeper2'],
  ])
    await run('git', ['-C', folder, ...args])
  const head = (await run('git', ['-C', folder, 'rev-parse', 'HEAD'])).stdout.trim()
  expect(await double.state.git.readRef('refs/heads/deeper2')).toBe(head)
})

const program = fileURLToPath(new URL('./lib/main.js', import.meta.url))

test.skipIf(!existsSync(program))(
  'runs as a program that another process drives (skipped until `tsc -p test/github-double`)',
  async () => {
    const served = await github()
    await withPull(served)
    const options = { owner: 'acme', name: 'churn', gitFolder: served.gitFolder }
    const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill())
    const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))))
    const { apiUrl } = JSON.parse(line)
    const told = async (command: string, body: unknown) => (await ask(`${apiUrl}/_double/${command}`, '', body)).body
    expect(await told('open', { branch: 'deeper', number: 9 })).toMatchObject({ number: 9, branch: 'deeper' })
    const { token } = (await told('token', { permissions: { 'pull-requests': 'write' }, value: 'ghs_known' })) as {
      token: string
    }
    await ask(`${apiUrl}/repos/acme/churn/issues/9/comments`, token, { body: 'Hello' })
    expect(await told('state', {})).toMatchObject({ comments: [{ issue: 9, body: 'Hello' }], violations: [] })
    expect(await told('deploy', { environment: 'production' })).toMatchObject({ environment: 'production' })
    const pushed = (await told('merge', { number: 9, how: 'squash' })) as { after: string }
    expect(await served.state.git.readRef('refs/heads/main')).toBe(pushed.after)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  },
)

test('gives a step the files and variables of a runner', async () => {
  const double = await github()
  const { mergeCommit } = await withPull(double)
  const environment = await double.environment({ event: 'pull_request', pull: 1, folder: temporaryFolder() })
  expect(environment).toMatchObject({
    GITHUB_REF: 'refs/pull/1/merge',
    GITHUB_SHA: mergeCommit,
    GITHUB_HEAD_REF: 'deeper',
    GITHUB_API_URL: double.apiUrl,
    ACTIONS_RESULTS_URL: double.resultsUrl,
  })
  expect(readFileSync(environment.GITHUB_OUTPUT!, 'utf8')).toBe('')
})

test('hides drafts from readers and from the address of their tag, and takes two for one tag', async () => {
  const double = await github()
  await withPull(double)
  const writer = double.token({ permissions: { contents: 'write' } })
  const releases = `${double.apiUrl}${repository}/releases`
  const draft = { tag_name: 'churn@v1.0.0', name: 'One', draft: true }
  for (const _ of [1, 2]) expect((await ask(releases, writer, draft)).status).toBe(201)
  expect((await ask(releases, writer)).body).toHaveLength(2)
  expect((await ask(releases, double.token({ permissions: { contents: 'read' } }))).body).toEqual([])
  expect((await ask(`${releases}/tags/churn%40v1.0.0`, writer)).status).toBe(404)
})

test('keeps what an immutable release holds, and its tag', async () => {
  const double = await github()
  await withPull(double)
  const token = double.token({ permissions: { contents: 'write' } })
  const releases = `${double.apiUrl}${repository}/releases`
  const made = (await ask(releases, token, { tag_name: 'churn@v1.0.0' })).body as { id: number; upload_url: string }
  expect(made).toMatchObject({ draft: false, immutable: true })
  const upload = await ask(`${made.upload_url.replace(/\{.*/, '')}?name=run.json`, token, {})
  expect([upload.status, upload.body]).toMatchObject([
    422,
    { message: 'Cannot upload assets to an immutable release.' },
  ])
  const removed = await fetch(`${double.apiUrl}${repository}/git/refs/tags/churn%40v1.0.0`, {
    method: 'DELETE',
    headers: { authorization: `token ${token}` },
  })
  expect(removed.status).toBe(422)
})

test('runs a merge queue: a branch of its own, then a fast forward of the base', async () => {
  const double = await github()
  const { baseCommit } = await withPull(double)
  const { branch, payload } = await double.queuePull(1)
  expect(branch).toBe(`gh-readonly-queue/main/pr-1-${baseCommit}`)
  expect(payload.merge_group).toMatchObject({ head_ref: `refs/heads/${branch}`, base_sha: baseCommit })
  const environment = await double.environment({ event: 'merge_group', branch, payload, folder: temporaryFolder() })
  expect(environment).toMatchObject({ GITHUB_SHA: payload.merge_group.head_sha, GITHUB_REF: `refs/heads/${branch}` })
  const pushed = await double.mergePull(1, 'queue')
  expect(pushed).toMatchObject({ before: baseCommit, after: payload.merge_group.head_sha, forced: false })
  const push = await double.environment({ event: 'push', payload: { ...pushed }, folder: temporaryFolder() })
  expect(JSON.parse(readFileSync(push.GITHUB_EVENT_PATH!, 'utf8'))).toMatchObject({ ...pushed })
  expect(push).toMatchObject({ GITHUB_SHA: pushed.after, GITHUB_REF: 'refs/heads/main' })
  expect(await double.state.git.readRef(`refs/heads/${branch}`)).toBeNull()
})

test('rebases every commit of a pull request, and squashes them into one', async () => {
  const commits = async (how: 'rebase' | 'squash') => {
    const double = await github()
    await withPull(double)
    await commitTo(double, 'deeper', { 'data.csv': 'a,b\n2,3\n' })
    const { headCommit } = await double.updatePull(1)
    await commitTo(double, 'main', { 'README.md': 'Changed\n' })
    const { commits } = await double.mergePull(1, how)
    expect(commits.map(({ id }) => id)).not.toContain(headCommit)
    return commits.map(({ message }) => message.trim())
  }
  expect(await commits('rebase')).toEqual(['Write mlwright.yml', 'Write data.csv'])
  expect(await commits('squash')).toEqual(['Pull request 1 (#1)'])
})
