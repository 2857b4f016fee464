import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { main } from '../../packages/cli/src/main.ts'
import { Sink } from '../cli/fixture.ts'
import { commitTo, github, git as gitOf, portsOf } from '../github/fixture.ts'
import { copyOf, git, registeredProject, twoVersions } from './registered.ts'

let folder: string
beforeAll(async () => {
  folder = await registeredProject(twoVersions[0]!)
}, 60_000)

const tag = 'm@v0.0.1'
const releases = '.mlwright/releases'

/** A clone of a repository on GitHub: the release is there, and not on this machine. */
async function clone() {
  const double = await github()
  const there = portsOf(double)
  gitOf(double, 'tag', tag, await commitTo(double, 'main', { 'a.txt': 'a' }))
  const { id } = await there.releases.draft({ tag, title: tag, body: '' })
  const names = readdirSync(join(folder, releases, tag)).filter((name) => name !== 'release.json')
  for (const name of names) await there.releases.upload(id, name, readFileSync(join(folder, releases, tag, name)))
  const copy = copyOf(folder)
  git(copy, 'remote', 'add', 'origin', `https://github.com/${double.state.owner}/${double.state.name}`)
  rmSync(join(copy, releases), { recursive: true })
  const typed = async (GH_TOKEN: string, ...argv: string[]) => {
    const [stdout, stderr] = [new Sink(), new Sink()]
    const environment = { PATH: process.env.PATH, GITHUB_API_URL: double.apiUrl, GH_TOKEN }
    const script = fileURLToPath(import.meta.url)
    const terminal = { folder: copy, environment, script, stdin: Readable.from([]), stdout, stderr }
    return {
      code: await main([...argv, '--json'], terminal),
      said: stderr.text,
      noun: JSON.parse(stdout.text || 'null'),
    }
  }
  return { double, copy, typed, publish: () => there.releases.publish(id, false) }
}

test('a clone verifies, compares and examines the releases that GitHub has', async () => {
  const { double, publish, typed } = await clone()
  const token = double.token({ permissions: { contents: 'read' } })
  expect(await typed(token, 'verify', tag)).toMatchObject({ code: 1, noun: { release: null } })
  const { url } = await publish()
  expect(await typed(token, 'verify', tag)).toMatchObject({ code: 0, noun: { verdict: 'pass', release: url } })
  expect(await typed(token, 'doctor')).toMatchObject({ code: 0, noun: { verdict: 'pass', releases: 1 } })
}, 30_000)

test('a repository that cannot be read is one finding of the doctor, and fails where its release is needed', async () => {
  const { copy, typed } = await clone()
  git(copy, 'remote', 'set-url', 'origin', 'https://github.com/nobody/nothing')
  expect(await typed('', 'doctor')).toMatchObject({ code: 0, noun: { findings: [{ rule: 'releases-unread' }] } })
  const { code, said } = await typed('', 'verify', tag)
  expect(code).toBe(1)
  expect(said).toMatch(/GitHub answered \d+ when asked for the releases of nobody\/nothing; set GH_TOKEN/)
}, 30_000)
