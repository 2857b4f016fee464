import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { type MlflowServer, startMlflow } from '../registry/mlflow/mlflow-server.ts'
import { expectSentence, project, type } from './project.ts'
import { git, json } from './registered.ts'

const onnx = model({
  nodes: [node('Identity', ['x'], ['out'])],
  inputs: [tensorType('x', 1, ['N', 2])],
  outputs: [tensorType('out', 1, ['N', 2])],
})
const flavor = (name: string, data: string) =>
  `flavors:\n  ${name}:\n    data: ${data}\n  python_function:\n    loader_module: mlflow.${name}\n`

/** A folder mlruns as MLflow 3.17 writes it, of the files by path. */
function mlruns(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-mlruns-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const meta = (version: number, run: string, source: string, stage = 'None') =>
  `creation_timestamp: 1795565494946\ncurrent_stage: ${stage}\ndescription: null\nlast_updated_timestamp: ${1795565494993 + version}\nname: Churn Model\nrun_id: ${run}\nsource: ${source}\nstatus: READY\nversion: ${version}\n`

/** Five versions: two ONNX models of one commit, a pickle, a file that is no ONNX, and one whose files are gone. */
const churn = (commit: string) => ({
  'models/Churn Model/meta.yaml': 'name: Churn Model\n',
  'models/Churn Model/aliases/champion': '2',
  'models/Churn Model/version-1/meta.yaml': meta(1, 'a1', 'models:/m-0a', 'Production'),
  'models/Churn Model/version-2/meta.yaml': meta(2, 'a2', 'file:///somewhere/else/mlruns/7/a2/artifacts/model'),
  'models/Churn Model/version-3/meta.yaml': meta(3, 'a3', 'models:/m-0b'),
  'models/Churn Model/version-4/meta.yaml': meta(4, 'a4', 'models:/m-0c'),
  'models/Churn Model/version-5/meta.yaml': meta(5, 'a5', 's3://bucket/model'),
  '7/a1/tags/mlflow.source.git.commit': commit,
  '7/a2/tags/mlflow.source.git.commit': commit,
  '7/models/m-0a/artifacts/MLmodel': flavor('onnx', 'model.onnx'),
  '7/models/m-0a/artifacts/model.onnx': onnx,
  '7/a2/artifacts/model/MLmodel': flavor('onnx', 'model.onnx'),
  '7/a2/artifacts/model/model.onnx': onnx,
  '7/models/m-0b/artifacts/MLmodel': flavor('sklearn', 'model.pkl'),
  '7/models/m-0c/artifacts/MLmodel': flavor('onnx', 'model.onnx'),
  '7/models/m-0c/artifacts/model.onnx': 'no model',
})

const refsOf = (folder: string) => git(folder, 'for-each-ref')

describe('a folder mlruns', () => {
  test('becomes versions, releases and stages, once', async () => {
    const folder = project({ 'README.md': 'x' })
    const head = git(folder, 'rev-parse', 'HEAD')
    const from = mlruns(churn(head))
    const before = refsOf(folder)
    const dry = await json(folder, 'import', 'mlflow', '--from', from, '--dry-run')
    expect(dry.noun).toMatchObject({ source: 'mlflow', dry_run: true })
    expect(dry.noun.models[0].versions.map(({ commit }: { commit: string }) => commit)).toEqual([
      head,
      ...Array(4).fill(null),
    ])
    expect(refsOf(folder)).toBe(before)

    const { code, noun } = await json(folder, 'import', 'mlflow', '--from', from)
    expect(code).toBe(0)
    const [imported] = noun.models
    expect(imported).toMatchObject({ model: 'churn-model', from: 'Churn Model' })
    expect(imported.versions.map(({ tag, file }: { tag: string; file: boolean }) => [tag, file])).toEqual([
      ['churn-model@v1.0.0', true],
      ['churn-model@v2.0.0', true],
      ['churn-model@v3.0.0', false],
      ['churn-model@v4.0.0', false],
      ['churn-model@v5.0.0', false],
    ])
    const commits = imported.versions.map(({ commit }: { commit: string }) => commit)
    expect([commits[0], new Set(commits).size]).toEqual([head, 5])
    const messages = noun.findings.map(({ message }: { message: string }) => message).join('\n')
    expect(messages).toContain(
      'v3.0.0 is a version without a release: it is sklearn and not ONNX, and loading a pickle',
    )
    expect(messages).toContain('v4.0.0 is a version without a release: its ONNX file cannot be used: ')
    expect(messages).toContain('v5.0.0 is a version without a release: its files are not to be had from here.')

    const state = await json(folder, 'show', 'churn-model')
    expect(state.noun.models['churn-model']).toMatchObject({
      latest: 'v5.0.0',
      stages: { production: 'v1.0.0', champion: 'v2.0.0' },
    })
    const release = join(folder, '.mlwright/releases/churn-model@v2.0.0')
    expect(execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: release, encoding: 'utf8' })).toContain(
      'model.onnx: OK',
    )
    expect(Buffer.compare(readFileSync(join(release, 'model.onnx')), onnx)).toBe(0)
    expect(git(folder, 'branch', '--format=%(refname:short)')).toBe('main')

    const after = refsOf(folder)
    const again = await json(folder, 'import', 'mlflow', '--from', from)
    expect(again.noun.models[0].versions.some(({ created }: { created: boolean }) => created)).toBe(false)
    expect(refsOf(folder)).toBe(after)
    expect((await type(folder, 'import', 'mlflow', '--from', from)).said).toContain('nothing changed')
  })

  test('leaves a stage that was moved here, and takes over what MLflow has since', async () => {
    const folder = project({ 'README.md': 'x' })
    const files = churn(git(folder, 'rev-parse', 'HEAD'))
    await type(folder, 'import', 'mlflow', '--from', mlruns(files))
    // Later than the import, whose events may have this very second.
    const env = {
      ...process.env,
      GIT_COMMITTER_DATE: '4000000000 +0000',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@b',
    }
    const moved = ['tag', '-a', '-m', 'Go', 'churn-model#production#9', 'churn-model@v2.0.0^{}']
    execFileSync('git', moved, { cwd: folder, env })
    const later = {
      ...files,
      'models/Churn Model/version-6/meta.yaml': meta(6, 'a6', 'models:/m-0a'),
    }
    const { noun } = await json(folder, 'import', 'mlflow', '--from', mlruns(later))
    expect(noun.models[0].stages).toContainEqual({ stage: 'production', version: 'v2.0.0', created: false })
    expect(noun.findings.map(({ message }: { message: string }) => message)).toContain(
      'churn-model v2.0.0 is in production here and v1.0.0 in MLflow; it stays, and `promote` moves it.',
    )
    expect(noun.models[0].versions.filter(({ created }: { created: boolean }) => created)).toMatchObject([
      { version: 'v6.0.0', file: true },
    ])
  })

  test('completes what an import that was killed left', async () => {
    const folder = project({ 'README.md': 'x' })
    const from = mlruns(churn(git(folder, 'rev-parse', 'HEAD')))
    await type(folder, 'import', 'mlflow', '--from', from)
    const { noun } = await json(folder, 'show')
    git(folder, 'tag', '-d', 'churn-model@v5.0.0', 'churn-model#production#1')
    rmSync(join(folder, '.mlwright/releases/churn-model@v2.0.0'), { recursive: true })
    await type(folder, 'import', 'mlflow', '--from', from)
    const { stages, latest } = (await json(folder, 'show')).noun.models['churn-model']
    expect([stages, latest]).toEqual([noun.models['churn-model'].stages, 'v5.0.0'])
    expect(readFileSync(join(folder, '.mlwright/releases/churn-model@v2.0.0/model.onnx')).equals(onnx)).toBe(true)
  })

  test('is refused in a sentence where it is none', async () => {
    const folder = project({ 'README.md': 'x' })
    const named = (from: string) => type(folder, 'import', 'mlflow', '--from', from)
    expectSentence(await named('nowhere'), 1, 'nowhere is no folder mlruns with a registry')
    expectSentence(await named(mlruns({ 'mlflow.db': '' })), 2, 'is in a database; start `mlflow server` on it')
    expectSentence(await named('http://127.0.0.1:9'), 1, 'The server 127.0.0.1:9 does not answer')
    expectSentence(await named('http://'), 2, 'http:// is no address')
    expectSentence(
      await type(folder, 'import', 'mlflow'),
      2,
      'Name the folder mlruns or the address of the MLflow server',
    )
    expectSentence(await type(folder, 'import', 'dvc'), 2, '`source` is "dvc"; it can be `gto`, `mlflow`.')
  })

  test('adds no line of its own to a tag', async () => {
    const folder = project({ 'README.md': 'x' })
    const facts = `x\\nrun: 20260101T000000Z-00000000\\ninputs: ${'0'.repeat(64)}\\nmodel: ${'0'.repeat(64)}`
    const from = mlruns({
      'models/m/meta.yaml': 'name: m\n',
      'models/m/version-1/meta.yaml': meta(1, 'a1', `"${facts}"`),
    })
    await type(folder, 'import', 'mlflow', '--from', from)
    expect(git(folder, 'for-each-ref', '--format=%(contents)', 'refs/tags/m@v1.0.0').split('\n')).toEqual([
      'Registering artifact m version v1.0.0',
      '',
      expect.stringMatching(/^Imported from MLflow: m, x run: 20260101T000000Z-00000000 inputs: /),
      'MLflow run a1',
    ])
  })

  test('cannot be read from outside itself', async () => {
    const folder = project({ 'README.md': 'x' })
    const from = mlruns({
      'models/m/meta.yaml': 'name: m\n',
      'models/m/version-1/meta.yaml': meta(1, 'a1', 'models:/m-0a'),
      '7/models/m-0a/artifacts/MLmodel': flavor('onnx', '../../../../secret.onnx'),
      'secret.onnx': onnx,
    })
    const { noun } = await json(folder, 'import', 'mlflow', '--from', from)
    expect(noun.models[0].versions).toMatchObject([{ version: 'v1.0.0', file: false }])
  })
})

test('a repository of gto needs no import, and its findings are told', async () => {
  const folder = project({ 'README.md': 'x' })
  expectSentence(await type(folder, 'import', 'gto'), 0, 'No tag here is one of gto; fetch the tags')
  git(folder, 'tag', '-a', '-m', 'One', 'churn@v1.0.0')
  git(folder, 'tag', '-a', '-m', 'Go', 'churn#production#1')
  expectSentence(
    await type(folder, 'import', 'gto'),
    0,
    "Nothing to import: gto's tags are mlwright's (1 model, 2 events).",
  )
  git(folder, 'tag', 'churn@v2.0.0')
  const { noun } = await json(folder, 'import', 'gto')
  expect(noun).toMatchObject({
    source: 'gto',
    verdict: 'warn',
    events: 2,
    state: { models: { churn: { stages: { production: 'v1.0.0' } } } },
    findings: [{ rule: 'lightweight-tag' }],
  })
})

const python = process.env.MLWRIGHT_TEST_MLFLOW ?? 'python3'
const hasServer = spawnSync(python, ['-c', 'import mlflow, flask, sqlalchemy, uvicorn']).status === 0

/** Registers two versions whose files the server keeps: one with an ONNX flavour and one without. */
const script = `
import os, sys, tempfile, mlflow
uri, onnx, commit = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = mlflow.MlflowClient(tracking_uri=uri, registry_uri=uri)
client.create_registered_model("Churn Model")
for n, flavor in enumerate(["onnx", "sklearn"]):
    run = client.create_run("0", tags={"mlflow.source.git.commit": commit})
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, "MLmodel"), "w").write("flavors:\\n  %s:\\n    data: model.onnx\\n" % flavor)
        open(os.path.join(folder, "model.onnx"), "wb").write(open(onnx, "rb").read())
        client.log_artifacts(run.info.run_id, folder, "model")
    client.create_model_version("Churn Model", run.info.artifact_uri + "/model", run_id=run.info.run_id)
client.set_registered_model_alias("Churn Model", "champion", "1")
`

describe.skipIf(!hasServer)('an MLflow server (skipped where MLWRIGHT_TEST_MLFLOW has no `mlflow server`)', () => {
  let server: MlflowServer | undefined
  let address: string
  let top: string
  const environment = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet' }

  beforeAll(async () => {
    top = mkdtempSync(join(tmpdir(), 'mlwright-mlflow-'))
    const store = ['--backend-store-uri', `sqlite:///${join(top, 'db')}`, '--artifacts-destination', join(top, 'store')]
    server = await startMlflow(python, top, environment, store)
    address = server.address
  }, 180_000)
  afterAll(() => {
    server?.stop()
    rmSync(top, { recursive: true, force: true })
  })

  test('hands out versions and their files', async () => {
    const folder = project({ 'README.md': 'x' })
    const head = git(folder, 'rev-parse', 'HEAD')
    writeFileSync(join(top, 'model.onnx'), onnx)
    const options = { input: script, encoding: 'utf8', env: environment } as const
    const filled = spawnSync(python, ['-W', 'ignore', '-', address, join(top, 'model.onnx'), head], options)
    expect(filled.status, filled.stderr).toBe(0)
    const { noun } = await json(folder, 'import', 'mlflow', '--from', `${address}/`)
    expect(noun.models).toMatchObject([
      {
        model: 'churn-model',
        versions: [
          { tag: 'churn-model@v1.0.0', commit: head, file: true },
          { tag: 'churn-model@v2.0.0', file: false },
        ],
        stages: [{ stage: 'champion', version: 'v1.0.0', created: true }],
      },
    ])
    expect(readFileSync(join(folder, '.mlwright/releases/churn-model@v1.0.0/model.onnx')).equals(onnx)).toBe(true)
  }, 180_000)
})
