import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { ValidationReport, version } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { main } from '../../packages/cli/src/main.ts'
import { Sink, temporaryFolder, type } from './fixture.ts'

const example = fileURLToPath(new URL('../../examples/telco-churn', import.meta.url))

function project(): string {
  const folder = temporaryFolder()
  for (const path of ['mlwright.yml', 'data/telco-churn.csv', 'contracts/customers.odcs.yaml']) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    copyFileSync(join(example, path), join(folder, path))
  }
  return folder
}

describe('mlwright', () => {
  it('prints its version and the list of commands on standard output', async () => {
    expect(await type('.', '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    const help = await type('.', '--help')
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const command of ['init', 'run experiment', 'validate', 'train', 'evaluate', 'report'])
      expect(help.stdout).toMatch(new RegExp(`^  ${command} +\\S`, 'm'))
  })

  it('prints the help of a command from its definition', async () => {
    const { code, stdout } = await type('.', 'validate', '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('Usage: mlwright validate [options]')
    expect(stdout).toContain('--contract TEXT')
    expect((await type('.', 'run', 'experiment', '--help')).stdout).not.toContain('--pipeline')
  })

  it('asks of events of stages only what they need', async () => {
    const help = async (command: string) => (await type('.', command, '--help')).stdout
    expect(await help('rollback')).toMatch(/--version TEXT +Version to put back/)
    expect(await help('rollback')).toContain('--stage TEXT')
    expect(await help('deregister')).toMatch(/--version TEXT +Required\. Version to take out/)
    expect(await help('deregister')).not.toContain('--stage')
    expect(await help('deprecate')).not.toMatch(/--stage|--version/)
    expect((await type('.', 'deregister', 'churn')).stderr).toContain('`version` is missing: Version to take out')
  })

  it('exits with 2 and the nearest command or option where it is used wrongly', async () => {
    expect(await type('.', 'evalute')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'mlwright has no command `evalute`; did you mean `mlwright evaluate`?\n',
    })
    expect((await type('.', 'run')).stderr).toContain('did you mean `mlwright run experiment`?')
    expect(await type('.')).toMatchObject({ code: 2, stdout: '' })
    const wrong = await type('.', 'validate', '--datset', 'x', 'y', '--fail-on', 'no')
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toContain('`y` is not an option')
    const unknown = await type('.', 'validate', '--datset', 'x', '--fail-on', 'neve')
    expect(unknown.stderr).toContain('did you mean `dataset`?')
    expect(unknown.stderr).toContain('did you mean `never`?')
    expect((await type('.', 'validate', '--working-directory', 'nowhere')).code).toBe(2)
  })

  it('prints the noun alone on standard output under --json, and what is left to say on standard error', async () => {
    const { code, stdout, stderr } = await type(project(), 'validate', '--json')
    expect(code).toBe(0)
    expect(ValidationReport.parse(JSON.parse(stdout))).toMatchObject({ dataset: 'customers', rows: 7043 })
    expect(stderr).toContain('customers')
    expect(stderr).not.toContain('|')
  })

  it('exits with 1 where the verdict is fail, and says the line of the rule', async () => {
    const folder = project()
    const contract = join(folder, 'contracts/customers.odcs.yaml')
    writeFileSync(contract, readFileSync(contract, 'utf8').replace('maximum: 120', 'maximum: 12'))
    const { code, stderr } = await type(folder, 'validate')
    expect(code).toBe(1)
    const line =
      readFileSync(contract, 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('maximum: 12 ')) + 1
    expect(stderr).toMatch(new RegExp(`^contracts/customers\\.odcs\\.yaml:${line}:\\d+: error: `, 'm'))
    expect((await type(folder, 'validate', '--fail-on=never')).code).toBe(0)
  })

  it('says one sentence where the configuration is missing', async () => {
    const { code, stderr } = await type(temporaryFolder(), 'validate')
    expect(code).toBe(1)
    expect(stderr).toContain('There is no mlwright.yml here')
  })

  it('survives a reader that closes the pipe', async () => {
    const closed = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    })
    const terminal = { folder: '.', environment: {}, script: '', stdin: Readable.from([]), stderr: new Sink() }
    expect(await main(['--help'], { ...terminal, stdout: closed })).toBe(0)
    await new Promise((resolve) => setImmediate(resolve))
    expect(closed.errored).toMatchObject({ code: 'EPIPE' })
  })
})

describe('the bundle', () => {
  const bin = fileURLToPath(new URL('../../packages/cli/bin/mlwright.js', import.meta.url))
  let built = true
  try {
    readFileSync(new URL('../../packages/cli/dist/index.js', import.meta.url))
  } catch {
    built = false
  }
  it.skipIf(!built)('prints its version (skipped until `npm run build` has made packages/cli/dist)', () => {
    expect(execFileSync(process.execPath, [bin, '--version'], { encoding: 'utf8' })).toBe(`${version}\n`)
  })
})
