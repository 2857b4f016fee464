import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { mlflowFolder, mlflowServer, planImport, type TextFolder } from '@mlwright/registry'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MlflowServer, startMlflow } from './mlflow-server.ts'

const python = process.env.MLWRIGHT_TEST_MLFLOW ?? 'python3'
const hasMlflow = spawnSync(python, ['-c', 'import mlflow']).status === 0
const hasServer = hasMlflow && spawnSync(python, ['-c', 'import flask, sqlalchemy, uvicorn']).status === 0

const orElse = <T>(read: () => T, other: T): T => {
  try {
    return read()
  } catch {
    return other
  }
}
const onDisk = (top: string): TextFolder => ({
  list: async (path) => orElse(() => readdirSync(join(top, path)), []),
  read: async (path) => orElse(() => readFileSync(join(top, path), 'utf8'), null),
})

let top: string
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'mlwright-mlflow-'))
})
afterAll(() => rmSync(top, { recursive: true, force: true }))

describe('a folder mlruns', () => {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(top, 'written', path)), { recursive: true })
    writeFileSync(join(top, 'written', path), text)
  }

  it('is read as MLflow 3.17 writes it', async () => {
    write('models/churn/meta.yaml', "aliases:\n  champion: '1'\ncreation_timestamp: 1795565494924\nname: churn\n")
    write('models/churn/aliases/champion', '1')
    write(
      'models/churn/version-1/meta.yaml',
      'creation_timestamp: 1795565494946\ncurrent_stage: Production\ndescription: null\nlast_updated_timestamp: 1795565494993\nname: churn\nrun_id: 0a1b\nsource: /models/1\nstatus: READY\nversion: 1\n',
    )
    write('models/churn/version-2/meta.yaml', 'current_stage: Deleted_Internal\nname: churn\nversion: 2\n')
    write('models/greeting/meta.yaml', 'name: greeting\n')
    write('models/greeting/tags/mlflow.prompt.is_prompt', 'true')
    write('7/0a1b/tags/mlflow.source.git.commit', 'c'.repeat(40))
    const source = mlflowFolder(onDisk(join(top, 'written')))
    expect(await source.models()).toEqual([
      {
        name: 'churn',
        aliases: new Map([['champion', 1]]),
        versions: [
          {
            version: 1,
            at: 1795565494,
            changed: 1795565494,
            stage: 'Production',
            ready: true,
            run: '0a1b',
            source: '/models/1',
            description: '',
          },
        ],
      },
    ])
    expect(await source.commit('0a1b')).toBe('c'.repeat(40))
    expect(await source.commit('../0a1b')).toBeNull()
  })

  it('names the file that it cannot read', async () => {
    write('models/churn/version-3/meta.yaml', 'version: three\n')
    await expect(mlflowFolder(onDisk(join(top, 'written'))).models()).rejects.toThrow(
      'models/churn/version-3/meta.yaml has "three" where MLflow writes a whole number.',
    )
  })

  it('has no model where there is none', async () => {
    expect(await mlflowFolder(onDisk(join(top, 'nothing'))).models()).toEqual([])
  })
})

const script = `
import mlflow, sys
from mlflow import MlflowClient
uri = sys.argv[1]
client = MlflowClient(tracking_uri=uri, registry_uri=uri)
client.create_registered_model("Churn Model", description="churn: model")
for n in range(4):
    run = client.create_run("0", tags={"mlflow.source.git.commit": str(n + 1) * 40}).info.run_id
    client.create_model_version("Churn Model", f"s3://models/{n}", run_id=run, description=f"number {n} # {n}")
client.set_registered_model_alias("Churn Model", "champion", "2")
client.set_registered_model_alias("Churn Model", "challenger", "4")
client.transition_model_version_stage("Churn Model", "1", "Archived")
client.transition_model_version_stage("Churn Model", "2", "Production")
client.delete_model_version("Churn Model", "3")
client.create_registered_model("empty")
`
const environment = {
  ...process.env,
  MLFLOW_ALLOW_FILE_STORE: 'true',
  MLFLOW_DISABLE_TELEMETRY: 'true',
  GIT_PYTHON_REFRESH: 'quiet',
}
const fill = (uri: string) => {
  const done = spawnSync(python, ['-W', 'ignore', '-', uri], {
    cwd: top,
    input: script,
    encoding: 'utf8',
    env: environment,
  })
  expect(done.status, done.stderr).toBe(0)
}
const expected = {
  models: [
    {
      model: 'churn-model',
      from: 'Churn Model',
      versions: [1, 2, 4].map((n) => expect.objectContaining({ version: `v${n}.0.0`, commit: `${n}`.repeat(40) })),
      stages: [
        { stage: 'production', version: 'v2.0.0' },
        { stage: 'challenger', version: 'v4.0.0' },
        { stage: 'champion', version: 'v2.0.0' },
      ],
    },
  ],
  findings: [expect.objectContaining({ message: 'empty has no version; it is left out.' })],
}

describe.skipIf(!hasMlflow)(
  'a registry that MLflow wrote (skipped where MLWRIGHT_TEST_MLFLOW names no Python with mlflow)',
  () => {
    it('is planned from its folder', async () => {
      fill(join(top, 'mlruns'))
      expect(await planImport(mlflowFolder(onDisk(join(top, 'mlruns'))))).toEqual(expected)
    }, 180_000)
  },
)

describe.skipIf(!hasServer)(
  'a registry that an MLflow server keeps (skipped where MLWRIGHT_TEST_MLFLOW has no `mlflow server`)',
  () => {
    let server: MlflowServer | undefined
    let address: string

    beforeAll(async () => {
      server = await startMlflow(python, top, environment, [
        '--backend-store-uri',
        `sqlite:///${join(top, 'mlflow.db')}`,
      ])
      address = server.address
    }, 180_000)
    afterAll(() => {
      server?.stop()
    })

    it('is planned through its API', async () => {
      fill(address)
      const source = mlflowServer(async (path) => {
        const answer = await fetch(`${address}${path}`)
        return answer.status === 404 ? null : answer.json()
      })
      expect(await planImport(source)).toEqual(expected)
      expect(await source.commit('0123456789abcdef0123456789abcdef')).toBeNull()
    }, 180_000)
  },
)

describe('the pages of a server', () => {
  it('are all read', async () => {
    const asked: string[] = []
    const source = mlflowServer(async (path) => {
      asked.push(path)
      if (path.includes('model-versions')) return {}
      return path.includes('page_token=a%2Bb')
        ? { registered_models: [{ name: 'two' }] }
        : { registered_models: [{ name: 'one', aliases: [{ alias: 'x', version: '3' }] }], next_page_token: 'a+b' }
    })
    expect((await source.models()).map(({ name, aliases }) => [name, ...aliases])).toEqual([['one', ['x', 3]], ['two']])
    expect(asked).toHaveLength(3)
  })

  it('are refused where they are not what MLflow answers', async () => {
    await expect(mlflowServer(async () => 'login first').models()).rejects.toThrow(/is not what MLflow writes/)
  })
})
