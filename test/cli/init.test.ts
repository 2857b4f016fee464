import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryRunner, memoryPorts, runAction } from '@mlwright/action'
import { parseContract } from '@mlwright/data'
import { parseConfig } from '@mlwright/domain'
import { LocalFiles } from '@mlwright/workspace'
import { describe, expect, it } from 'vitest'
import { initAction } from '../../actions/init/init-action.ts'
import { roundDown, roundUp } from '../../actions/init/round-number.ts'
import { starterWorkflows } from '../../actions/init/starter-workflows.generated.ts'
import { yamlText } from '../../actions/init/yaml-text.ts'
import { temporaryFolder, type } from './fixture.ts'

const telco = readFileSync(new URL('../../examples/telco-churn/data/telco-churn.csv', import.meta.url), 'utf8')

function folderWith(csv: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data/all.csv'), csv)
  return folder
}
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8')
const init = (folder: string, target: string, ...more: string[]) =>
  type(folder, 'init', '--data', 'data/all.csv', '--target', target, '--yes', ...more)
const configOf = (folder: string) => parseConfig(read(folder, 'mlwright.yml'), 'mlwright.yml')

describe('mlwright init', () => {
  it('writes a configuration and a contract that the data keeps, and says the next command', async () => {
    const folder = folderWith(telco)
    const { code, stdout } = await init(folder, 'churn')
    expect(code).toBe(0)
    expect(stdout).toContain('Next: npx mlwright run experiment')
    const { churn } = configOf(folder).models
    expect(churn).toMatchObject({ task: 'classification', target: 'churn', positive: 'Yes', dataset: 'all' })
    expect(churn!.evaluate).toMatchObject({ primary: 'roc_auc', gates: {} })
    expect(read(folder, 'mlwright.yml')).toMatch(/^# yaml-language-server: \$schema=/)
    parseContract(read(folder, 'contracts/all.odcs.yaml'), 'contracts/all.odcs.yaml')
    expect(read(folder, 'contracts/all.odcs.yaml')).toContain(
      '- name: contract\n        logicalType: string\n        required: true\n        logicalTypeOptions: { enum: [Month-to-month, One year, Two year] }',
    )
    expect(read(folder, '.gitignore')).toBe('.mlwright/\n')
    const { 'monitor.yml': monitor, ...starters } = starterWorkflows
    for (const [name, text] of Object.entries(starters)) expect(read(folder, `.github/workflows/${name}`)).toBe(text)
    expect(existsSync(join(folder, '.github/workflows/monitor.yml'))).toBe(false)
    const validated = await type(folder, 'validate', '--json')
    expect(validated).toMatchObject({ code: 0 })
    expect(JSON.parse(validated.stdout)).toMatchObject({ verdict: 'pass', rows: 7043, findings: [] })
  })

  it('replaces nothing that is there, unless it is forced', async () => {
    const folder = folderWith(telco)
    writeFileSync(join(folder, 'mlwright.yml'), 'mine')
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n/.mlwright')
    const { stdout } = await init(folder, 'churn', '--json')
    expect(JSON.parse(stdout)).toEqual({
      written: [
        'contracts/all.odcs.yaml',
        ...['experiment', 'release', 'promote'].map((name) => `.github/workflows/${name}.yml`),
      ],
      kept: ['mlwright.yml'],
    })
    expect(read(folder, 'mlwright.yml')).toBe('mine')
    expect(read(folder, '.gitignore')).toBe('node_modules\n/.mlwright')
    await init(folder, 'churn', '--force')
    expect(read(folder, 'mlwright.yml')).not.toBe('mine')
  })

  it('says below the top of a repository where the workflows have to go', async () => {
    const top = temporaryFolder()
    const folder = join(top, 'services/churn')
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeFileSync(join(folder, 'data/all.csv'), telco)
    const alice = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com']
    for (const args of [
      ['init', '--quiet'],
      [...alice, 'commit', '--quiet', '--allow-empty', '--message=Start'],
    ])
      execFileSync('git', args, { cwd: top })
    expect((await init(folder, 'churn')).stdout).toContain(
      'give each job working-directory: services/churn under its with.',
    )
    expect((await init(folder, 'churn')).stdout).not.toContain('working-directory')
  })

  it('adds the workflow that looks at production where the configuration says what that saw', async () => {
    const folder = folderWith(telco)
    await init(folder, 'churn')
    const config = read(folder, 'mlwright.yml')
    writeFileSync(
      join(folder, 'mlwright.yml'),
      config.replace('    evaluate:\n', '    monitor: { current: logs/*.jsonl }\n    evaluate:\n'),
    )
    const { stdout } = await init(folder, 'churn', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ written: ['.github/workflows/monitor.yml'] })
    expect(read(folder, '.github/workflows/monitor.yml')).toBe(starterWorkflows['monitor.yml'])
  })

  it('sees keys, dates, regression and names that need quotes', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, row) =>
        `${1000 + row * 3},${new Date(86_400_000 * (19_000 + row)).toISOString().slice(0, 10)},${row % 3 ? 'a: "b"' : 'ü #1'},${(row * 1.37).toFixed(2)}`,
    ).map((line) => line.replace(/,(a: )"b",/, ',"$1""b""",'))
    const folder = folderWith(`customer id,day,"o'clock: ""when""",price $\n${rows.join('\n')}\n`)
    expect((await init(folder, 'price $')).code).toBe(0)
    const model = configOf(folder).models.price!
    expect(model).toMatchObject({ task: 'regression', target: 'price $', split: { method: 'time', column: 'day' } })
    expect(model.evaluate.slices).toEqual(['o\'clock: "when"'])
    const contract = read(folder, 'contracts/all.odcs.yaml')
    parseContract(contract, 'c.yaml')
    expect(contract).toContain('name: customer id\n        logicalType: integer\n        primaryKey: true')
    expect(contract).toContain('logicalType: date')
    expect(JSON.parse((await type(folder, 'validate', '--json')).stdout)).toMatchObject({ verdict: 'pass' })
  })

  it('takes few whole numbers for classes, and 1 of 0 and 1 for the positive one', async () => {
    const folder = folderWith(
      `x,y\n${Array.from({ length: 50 }, (_, row) => `${row / 7},${row % 7 === 0 ? 1 : 0}`).join('\n')}\n`,
    )
    await init(folder, 'y')
    expect(configOf(folder).models.y).toMatchObject({ task: 'classification', positive: '1' })
  })

  it('says what is wrong with data and target, in one sentence each', async () => {
    const folder = folderWith('a,b,c\n1,x,\n2,x,\n')
    expect(await init(folder, 'churned')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has no column churned; columns: a, b, c.'),
    })
    expect(await init(folder, 'b')).toMatchObject({ code: 1, stderr: expect.stringContaining('has one value only') })
    expect(await init(folder, 'c')).toMatchObject({ code: 1, stderr: expect.stringContaining('has no value') })
    expect(await init(folderWith('a,b\n'), 'a')).toMatchObject({ code: 1, stderr: expect.stringContaining('no rows') })
    expect(await type(folder, 'init', '--data', 'data/no.csv', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No data file matches'),
    })
    expect(await type(folder, 'init', '--data', 'data/all.csv')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('add `--yes`'),
    })
    expect(existsSync(join(folder, 'mlwright.yml'))).toBe(false)
  })

  it('asks for what is missing where somebody can answer', async () => {
    const asked: string[] = []
    const action = initAction(async (question, suggestion) => {
      asked.push(question)
      return suggestion === 'yes' ? 'no' : ''
    })
    const runner = new MemoryRunner()
    const ports = memoryPorts({ runner, files: new LocalFiles(folderWith('a\n')) })
    expect((await runAction(action, () => undefined, ports)).exitCode).toBe(2)
    expect(asked).toEqual(['Which file holds the data?'])
    expect(runner.failures[0]).toContain('`data` is missing')
  })

  it('embeds the starter workflows of this repository', () => {
    expect(Object.keys(starterWorkflows)).toEqual(['experiment.yml', 'release.yml', 'promote.yml', 'monitor.yml'])
    for (const [name, text] of Object.entries(starterWorkflows))
      expect(text).toBe(readFileSync(new URL(`../../workflows/${name}`, import.meta.url), 'utf8'))
  })
})

describe('roundUp and roundDown', () => {
  it.each([
    [0.3, 1],
    [1, 1],
    [72, 75],
    [118.75, 120],
    [8684.8, 9000],
    [0, 0],
    [-3, 0],
  ])('rounds %d up to %d', (value, expected) => expect(roundUp(value)).toBe(expected))
  it.each([
    [18.25, 0],
    [-0.4, -1],
    [-72, -75],
  ])('rounds %d down to %d', (value, expected) => expect(roundDown(value)).toBe(expected))
})

describe('yamlText', () => {
  it.each([
    'Yes',
    '12',
    'a: b',
    "it's",
    'a #b',
    '- x',
    '',
    ' a',
    'null',
    'a\tb',
    'ü',
    '🙂',
    'a b',
    '1e3',
    '2024-01-02',
    '*a',
    'a\nb',
  ])('writes %j so that it reads back', async (text) => {
    const { parseYaml } = await import('@mlwright/domain')
    expect(parseYaml(`a: ${yamlText(text)}\nb: [${yamlText(text)}]\n`, 'a').value).toEqual({ a: text, b: [text] })
  })
})
