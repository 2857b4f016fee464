import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { register } from '../../actions/register/register.ts'
import { verifyVersion } from '../../actions/verify/verify-version.ts'
import { expectSentence, type } from './project.ts'
import { candidateFiles, emptyWorld, merge, portsOf, pushEvent } from './races/world.ts'
import { copyOf, git, json, registeredProject, twoVersions } from './registered.ts'

let folder: string
beforeAll(async () => {
  folder = await registeredProject(twoVersions[0]!)
}, 60_000)

const version = 'm@v0.0.1'
const release = (copy: string, name = '') => join(copy, '.mlwright/releases', version, name)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Makes SHA256SUMS agree with the files, as whoever changes a release on purpose would. */
function sumAgain(copy: string): void {
  const names = readdirSync(release(copy)).filter((name) => name !== 'SHA256SUMS' && name !== 'release.json')
  const lines = names.sort().map((name) => `${sha256(readFileSync(release(copy, name)))}  ${name}\n`)
  writeFileSync(release(copy, 'SHA256SUMS'), lines.join(''))
}

/** The checks that do not hold, with what was found. */
const broken = (noun: { checks: { check: string; verdict: string; message: string }[] }, verdict = 'fail') =>
  noun.checks.filter((check) => check.verdict === verdict).map(({ check, message }) => `${check}: ${message}`)

test('a version that is as it was registered holds line by line', async () => {
  const { code, noun } = await json(folder, 'verify', version)
  expect(code).toBe(0)
  expect(noun).toMatchObject({ model: 'm', version: 'v0.0.1', tag: version, commit: git(folder, 'rev-parse', 'HEAD') })
  expect(noun.verdict).toBe('pass')
  expect(noun.checks.map(({ check }: { check: string }) => check)).toEqual(
    expect.arrayContaining([
      ...['tag', 'origin', 'MLmodel', 'evaluation.json', 'ml-bom.cdx.json', 'model-card.md', 'model.onnx'],
      ...['provenance.intoto.jsonl', 'run.json', 'model', 'run', 'records', 'provenance', 'gates'],
    ]),
  )
  expectSentence(await type(folder, 'verify', version), 0, `${version} is what was registered: `)
})

test('a model that was exchanged is found, also where every digest was written again', async () => {
  const copy = copyOf(folder)
  writeFileSync(release(copy, 'model.onnx'), 'something else')
  expect(broken((await json(copy, 'verify', version)).noun)[0]).toMatch(/^model\.onnx: The digest is .*; do not use/)
  sumAgain(copy)
  const { code, noun } = await json(copy, 'verify', version)
  expect(code).toBe(1)
  expect(broken(noun)).toEqual([
    expect.stringMatching(/^model: model\.onnx is not the file that was registered/),
    'provenance: Its digests of model.onnx are not those of the files.',
  ])
})

test('a tag that was moved to another commit is found', async () => {
  const copy = copyOf(folder)
  const was = git(copy, 'rev-parse', 'HEAD')
  git(copy, 'commit', '--quiet', '--allow-empty', '--message=Later')
  const said = git(copy, 'tag', '--list', '--format=%(contents)', version)
  git(copy, 'tag', '--force', '--annotate', `--message=${said}`, version)
  const is = git(copy, 'rev-parse', 'HEAD')
  expect(broken((await json(copy, 'verify', version)).noun)).toEqual([
    `commit: ${version} was released of the commit ${was.slice(0, 8)} and names ${is.slice(0, 8)} now; somebody moved the tag.`,
  ])
})

test('metrics that were embellished differ from the records, and are judged again by the gates', async () => {
  const copy = copyOf(folder)
  const evaluation = JSON.parse(readFileSync(release(copy, 'evaluation.json'), 'utf8'))
  evaluation.metrics.roc_auc.value = 0.25
  writeFileSync(release(copy, 'evaluation.json'), JSON.stringify(evaluation))
  sumAgain(copy)
  expect(broken((await json(copy, 'verify', version)).noun)).toEqual([
    expect.stringMatching(/^records: evaluation\.json is not what the branch mlwright-records keeps/),
    'provenance: Its digests of evaluation.json are not those of the files.',
    'gates: The model does not pass roc_auc min 0.5.',
  ])
})

test('a run.json of another run does not agree with the tag', async () => {
  const copy = copyOf(folder)
  const run = JSON.parse(readFileSync(release(copy, 'run.json'), 'utf8'))
  writeFileSync(
    release(copy, 'run.json'),
    JSON.stringify({ ...run, dataset: { ...run.dataset, digest: 'f'.repeat(64) }, input_digest: 'e'.repeat(64) }),
  )
  sumAgain(copy)
  expect(broken((await json(copy, 'verify', version)).noun)).toEqual([
    'run: run.json is of the inputs eeeeeeeeeeee, and the tag says otherwise.',
    expect.stringMatching(/^records: run\.json is not/),
    'provenance: Its digests of run.json are not those of the files.',
    'provenance: It and run.json do not name the same data and inputs.',
  ])
})

test('files that are missing, added or no records are named', async () => {
  const copy = copyOf(folder)
  rmSync(release(copy, 'MLmodel'))
  writeFileSync(release(copy, 'extra.pkl'), 'x')
  writeFileSync(release(copy, 'run.json'), '{}')
  writeFileSync(release(copy, 'provenance.intoto.jsonl'), 'x')
  const found = broken((await json(copy, 'verify', version)).noun)
  expect(found).toContain('MLmodel: SHA256SUMS lists it, and the release does not have it.')
  expect(found).toContain('extra.pkl: It is not in SHA256SUMS, so somebody added it later; do not use it.')
  expect(found).toContainEqual(expect.stringMatching(/^run: run\.json of m@v0\.0\.1: /))
  expect(found).toContain("provenance: provenance.intoto.jsonl is not an in-toto statement with SLSA's provenance.")
})

test('a release that is gone fails, and one without digests cannot be checked', async () => {
  const copy = copyOf(folder)
  rmSync(release(copy, 'SHA256SUMS'))
  expect(broken((await json(copy, 'verify', version)).noun)).toContain(
    'SHA256SUMS: The release has none, so its files cannot be checked.',
  )
  rmSync(release(copy), { recursive: true })
  expectSentence(await type(copy, 'verify', version), 1, `${version} has no release; run \`register\` for it again.`)
})

test('a lightweight tag registers nothing', async () => {
  const copy = copyOf(folder)
  git(copy, 'tag', 'm@v3.0.0')
  expectSentence(await type(copy, 'verify', 'm@v3.0.0'), 1, 'm@v3.0.0 is a lightweight tag at ')
})

test('a version that was deregistered fails, and a deprecated model warns', async () => {
  const copy = copyOf(folder)
  git(copy, 'tag', '-a', '-m', 'Gone', 'm@deprecated')
  const { code, noun } = await json(copy, 'verify', version)
  expect([code, noun.verdict, broken(noun, 'warn')]).toEqual([0, 'warn', ['state: The model m is deprecated.']])
  expect((await type(copy, 'deregister', 'm', '--version', 'v0.0.1')).code).toBe(0)
  expect(broken((await json(copy, 'verify', version)).noun)).toEqual([
    'state: m v0.0.1 was deregistered later; use another version.',
  ])
})

test('a shallow clone without the records branch tells what it can', async () => {
  const clone = join(copyOf(folder), 'clone')
  git(folder, 'commit', '--quiet', '--allow-empty', '--message=Later')
  git(folder, 'clone', '--quiet', '--depth=1', `file://${folder}`, clone)
  git(folder, 'reset', '--quiet', '--hard', 'HEAD~1')
  expect(existsSync(join(clone, '.mlwright'))).toBe(false)
  expectSentence(await type(clone, 'verify', version), 1, `${version} has no release`)
  const { said } = await type(clone, 'verify', version)
  expect(said).toContain('is annotated and names the commit')
})

test('a job on GitHub that checked nothing out verifies what a workflow released', async () => {
  const world = emptyWorld()
  const made = await merge(world, 1)
  const ports = portsOf(world, pushEvent(made.commit, 1, 1), await candidateFiles(made))
  await register(ports, { config: 'mlwright.yml', prefix: '', bump: 'auto', version: undefined })
  const inputs = { version: 'churn@v0.0.1', config: 'mlwright.yml', workingDirectory: '.' }
  const verified = await verifyVersion(inputs, portsOf(world, pushEvent(made.commit, 2, 1)))
  expect(verified.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  expect(verified.checks.at(-1)?.message).toBe('roc_auc min 0.8: judged again by the rules of its commit.')
})

test('a name that is none is explained', async () => {
  expectSentence(await type(folder, 'verify', 'm@0.0.1'), 2, '"m@0.0.1" names no version; did you mean m@v0.0.1?')
  expectSentence(await type(folder, 'verify', 'm@v0.0.2'), 2, 'm has no version v0.0.2; did you mean m@v0.0.1?')
  expectSentence(await type(folder, 'verify'), 2, '`version` is missing')
})
