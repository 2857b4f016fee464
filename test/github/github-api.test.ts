import { githubPorts } from '@mlwright/github'
import { expect, test } from 'vitest'
import { github, portsOf, withPull } from './fixture.ts'

test('asks again after a server error, a broken connection and a lost answer', async () => {
  const double = await github()
  await withPull(double)
  double.fail({}, { status: 500 })
  double.fail({}, { close: 'before' })
  double.fail({}, { status: 502, message: 'Bad Gateway' })
  double.fail({}, { close: 'after' })
  const waits: number[] = []
  expect((await portsOf(double, {}, waits).pulls.get(1))?.number).toBe(1)
  expect(waits).toEqual([1000, 2000, 4000, 8000])
})

test('says which request failed when the server stays broken', async () => {
  const double = await github()
  double.fail({ times: 99 }, { status: 503, message: 'Service Unavailable' })
  await expect(portsOf(double).pulls.get(7)).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      'GitHub answered 503 when asked to read pull request #7, 5 times in a row (Service Unavailable); run the job again, and see https://www.githubstatus.com if it stays so.',
  })
  expect(double.state.requests).toHaveLength(5)
})

test('says so when the connection breaks every time', async () => {
  const double = await github()
  double.fail({ times: 99 }, { close: 'before' })
  await expect(portsOf(double).pulls.get(7)).rejects.toMatchObject({
    code: 'API_FAILED',
    message: expect.stringMatching(
      /^The connection to GitHub broke when asked to read pull request #7, 5 times in a row \(.+\); check that the runner can reach the API, and run the job again\.$/,
    ),
  })
})

test('waits as long as a secondary rate limit asks', async () => {
  const double = await github()
  await withPull(double)
  const message = 'You have exceeded a secondary rate limit'
  double.fail({}, { status: 403, message, headers: { 'retry-after': '7' } })
  double.fail({}, { status: 429, message, headers: { 'retry-after': '11' } })
  double.fail({}, { status: 403, message })
  const waits: number[] = []
  expect((await portsOf(double, {}, waits).pulls.get(1))?.number).toBe(1)
  expect(waits).toEqual([7000, 11_000, 120_000])
})

test('does not wait for an hour, but says when to come back', async () => {
  const double = await github()
  double.fail({ times: 99 }, { status: 429, message: 'API rate limit exceeded', headers: { 'retry-after': '3600' } })
  const waits: number[] = []
  await expect(portsOf(double, {}, waits).pulls.get(1)).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      'GitHub answered 429 when asked to read pull request #1: its rate limit is used up; run the job again in 3600 seconds, and let fewer jobs run at once.',
  })
  expect(waits).toEqual([])
})

test('reads when a used-up hourly limit ends', async () => {
  const double = await github()
  await withPull(double)
  const reset = String(Math.ceil(Date.now() / 1000) + 30)
  double.fail(
    {},
    {
      status: 403,
      message: 'API rate limit exceeded',
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
    },
  )
  const waits: number[] = []
  expect((await portsOf(double, {}, waits).pulls.get(1))?.number).toBe(1)
  expect(waits[0]).toBeGreaterThanOrEqual(1000)
  expect(waits[0]).toBeLessThanOrEqual(31_000)
})

test('a token that is missing or wrong is told apart from one that may not', async () => {
  const double = await github()
  await withPull(double)
  const environment = { GITHUB_REPOSITORY: 'acme/telco-churn', GITHUB_API_URL: double.apiUrl }
  await expect(githubPorts({ environment, token: 'ghs_expired' }).pulls.get(1)).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringMatching(
      /^GitHub does not accept the token \(401: Bad credentials\) when asked to read pull request #1; pass `token/,
    ),
  })
  await expect(githubPorts({ environment, token: '' }).pulls.get(1)).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringMatching(/^There is no token to read pull request #1; pass `token/),
  })
})

test('says that it needs GitHub Actions where no repository is named', async () => {
  await expect(githubPorts({ environment: {}, token: 'x' }).pulls.get(1)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: 'GITHUB_REPOSITORY is not set; run this step in GitHub Actions.',
  })
})

test('reads what GraphQL says with status 200', async () => {
  const double = await github()
  await withPull(double)
  const errors = (type: string) => ({ status: 200, body: { data: null, errors: [{ type, message: 'No.' }] } }) as const
  double.fail({ path: /graphql/ }, errors('RATE_LIMITED'))
  const waits: number[] = []
  const { comments } = portsOf(double, {}, waits)
  expect(await comments.find(1, 'marker')).toEqual([])
  expect(waits).toEqual([60_000])
  double.fail({ path: /graphql/ }, errors('INSUFFICIENT_SCOPES'))
  await expect(portsOf(double).comments.find(1, 'marker')).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
})

test('does not ask for a permission where none would help', async () => {
  const double = await github()
  await withPull(double)
  double.fail(
    { method: 'POST', path: /comments/ },
    { status: 403, message: 'Unable to create comment because issue is locked.' },
  )
  await expect(portsOf(double).comments.create(1, 'x')).rejects.toMatchObject({
    code: 'API_FAILED',
    message:
      'GitHub refuses to comment on pull request #1 (403: Unable to create comment because issue is locked.); change that and run the job again.',
  })
})

test('finds its way through a server where every third request fails', async () => {
  const double = await github()
  await withPull(double)
  double.fail({ every: 3, times: 99 }, { status: 502, body: '<html>Bad gateway</html>' })
  const { comments, refs, pulls } = portsOf(double)
  await comments.create(1, '<!-- m -->\nHello')
  await refs.commit('mlwright-records', 'Add', new Map([['a', new Uint8Array([1])]]))
  expect((await pulls.get(1))?.number).toBe(1)
  expect(double.state.comments).toHaveLength(1)
  expect(double.state.requests.filter(({ status }) => status === 502).length).toBeGreaterThan(2)
})
