import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { configWith, expectSentence, type, visits } from './project.ts'
import { contentOf, copyOf, git, json, registeredProject, twoVersions } from './registered.ts'

let folder: string
beforeAll(async () => {
  folder = await registeredProject(...twoVersions)
}, 60_000)

const [first, second] = ['m@v0.0.1', 'm@v0.0.2']

test('gives the same bytes, and leaves a dirty working copy and its runs alone', async () => {
  const copy = copyOf(folder)
  writeFileSync(join(copy, 'data.csv'), 'not,a,table\n1')
  writeFileSync(join(copy, 'mlwright.yml'), 'version: 7\n')
  const before = contentOf(join(copy, '.mlwright'))
  for (const version of [first, second]) {
    const { code, noun } = await json(copy, 'reproduce', version)
    expect(code).toBe(0)
    expect(noun).toMatchObject({ tag: version, verdict: 'pass', differences: [], command: false })
    expect(noun.digests.here).toBe(noun.digests.recorded)
    expect(noun.environments.here).toEqual(noun.environments.recorded)
  }
  expect(contentOf(join(copy, '.mlwright'))).toEqual(before)
  expect(git(copy, 'worktree', 'list').split('\n')).toHaveLength(1)
  expect(
    git(copy, 'status', '--porcelain')
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual(['M data.csv', 'M mlwright.yml'])
})

test('works in a shallow clone that has neither the commit nor the records', async () => {
  const clone = join(copyOf(folder), 'clone')
  git(folder, 'clone', '--quiet', '--depth=1', `file://${folder}`, clone)
  const { noun } = await json(clone, 'reproduce', first)
  expect(noun).toMatchObject({ verdict: 'pass', environments: { recorded: null } })
})

test('names the inputs that are not what was recorded, and trains nothing', async () => {
  const copy = copyOf(folder)
  const note = git(copy, 'for-each-ref', '--format=%(contents)', `refs/tags/${first}`)
  git(copy, 'commit', '--quiet', '--allow-empty', '--message=Later')
  git(copy, 'tag', '-a', '-m', note, 'm@v9.0.0')
  const { code, noun } = await json(copy, 'reproduce', 'm@v9.0.0')
  expect(code).toBe(1)
  expect(noun.digests.here).toBeNull()
  expect(noun.differences.map(({ what }: { what: string }) => what)).toEqual(['data', 'params.l2'])
  expect(noun.differences[1]).toMatchObject({ here: '4' })
  expectSentence(
    await type(copy, 'reproduce', 'm@v9.0.0'),
    1,
    'm@v9.0.0 cannot be reproduced here, for its inputs are not what was recorded: data (recorded ',
  )
})

test('takes data that does not lie in git from the working copy, where it is the recorded one', async () => {
  const ignored = await registeredProject({
    '.gitignore': '.mlwright/\ndata.csv\n',
    'mlwright.yml': configWith(),
    'data.csv': visits(),
  })
  expect((await json(ignored, 'reproduce', first)).noun.verdict).toBe('pass')
  writeFileSync(join(ignored, 'data.csv'), visits().replace('0.5', '1.5'))
  expectSentence(await type(ignored, 'reproduce', first), 1, 'its inputs are not what was recorded: data (recorded ')
  rmSync(join(ignored, 'data.csv'))
  expectSentence(await type(ignored, 'reproduce', first), 1, 'No data file matches data.csv')
}, 30_000)

test('says of a version that another tool registered that nothing is known of it', async () => {
  const copy = copyOf(folder)
  git(copy, 'tag', '-a', '-m', 'By hand', 'other@v1.0.0')
  expectSentence(
    await type(copy, 'reproduce', 'other@v1.0.0'),
    1,
    'other@v1.0.0 does not say what the model was trained from',
  )
  expectSentence(await type(copy, 'reproduce', 'm@v0.0.3'), 2, 'm has no version v0.0.3; did you mean m@v0.0.2?')
})

test('warns where a command gives other bytes', async () => {
  const onnx = readFileSync(join(folder, '.mlwright/releases', first, 'model.onnx'))
  const same = await registeredProject({
    'mlwright.yml': configWith({ train: 'command: cp made.onnx $MLWRIGHT_OUTPUT/model.onnx' }),
    'data.csv': visits(),
    'made.onnx': onnx,
  })
  expect((await json(same, 'reproduce', first)).noun).toMatchObject({ verdict: 'pass', command: true })
  // A doc_string (field 6) of eight random characters changes the bytes and nothing else.
  const random =
    "(cat made.onnx; printf '2\\010'; od -An -N4 -tx1 /dev/urandom | tr -d ' \\n') > $MLWRIGHT_OUTPUT/model.onnx"
  const other = await registeredProject({
    'mlwright.yml': configWith({ train: `command: ${JSON.stringify(random)}` }),
    'data.csv': visits(),
    'made.onnx': onnx,
  })
  const typed = await type(other, 'reproduce', first)
  expectSentence(typed, 0, 'a command need not be deterministic')
}, 60_000)
