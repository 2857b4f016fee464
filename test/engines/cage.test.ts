import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cageEnvironment, duckDb, nativeLoader } from '@mlwright/engines'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'mlwright-cage-'))
const data = join(folder, 'orders.csv')
const secret = join(folder, 'secret.csv')

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(folder, 'spill'),
  cage: {
    script: fileURLToPath(new URL('cage-entry.mjs', import.meta.url)),
    arguments: [],
    environment: cageEnvironment({ ...process.env, GITHUB_TOKEN: 'a token' }),
  },
})

const ask = (query: string, seconds = 20) =>
  engine.caged({
    files: [data],
    prepare: [`CREATE VIEW orders AS SELECT * FROM read_csv('${data}')`],
    query,
    seconds,
    megabytes: 200,
  })

// Node 20 runs no TypeScript, so the process runs what the build emits.
beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'packages/engines')])
})

describe('caged SQL', () => {
  it('answers with the first value of one SELECT', async () => {
    await writeFile(data, 'id,price,day\n1,2.5,2024-01-02\n2,4,2024-01-03\n3,,2024-01-04\n')
    await writeFile(secret, 'password\nhunter2\n')
    expect(await ask('SELECT count(*) FROM orders WHERE price > 3')).toEqual({ value: 1 })
    expect(await ask('WITH o AS (FROM orders) SELECT sum(price) FROM o;')).toEqual({ value: 6.5 })
    expect(await ask('SELECT id = 1 FROM orders LIMIT 1')).toEqual({ value: true })
    expect(await ask("SELECT 'text'")).toEqual({ value: 'text' })
    expect(await ask('SELECT max(day) FROM orders')).toEqual({ value: '2024-01-04T00:00:00.000Z' })
    expect(await ask('SELECT price FROM orders WHERE price IS NULL')).toEqual({ value: null })
    expect(await ask('SELECT price FROM orders WHERE false')).toEqual({ value: null })
  })

  const written = join(folder, 'written')
  it.each([
    ['reading another file', `SELECT * FROM read_csv('${secret}')`, 'disabled'],
    ['reading another file by its name', `SELECT * FROM '${secret}'`, 'disabled'],
    ['reading any text', `SELECT content FROM read_text('/etc/passwd')`, 'disabled'],
    ['listing files', `SELECT count(*) FROM glob('${folder}/*')`, 'disabled'],
    ['the network', `SELECT * FROM read_csv('http://127.0.0.1:9/a.csv')`, ''],
    ['writing a file', `COPY orders TO '${written}'`, 'disabled'],
    ['writing over the data', `COPY (SELECT 1) TO '${data}'`, 'write one SELECT'],
    ['attaching a database', `ATTACH '${written}' AS other`, 'write one SELECT'],
    ['installing an extension', 'INSTALL httpfs', 'write one SELECT'],
    ['loading an extension', 'LOAD httpfs', 'write one SELECT'],
    ['changing a setting', 'SET enable_external_access = true', 'write one SELECT'],
    ['resetting a setting', 'RESET lock_configuration', 'write one SELECT'],
    ['a pragma', 'PRAGMA enable_profiling', 'write one SELECT'],
    ['changing a table', 'CREATE TABLE t AS SELECT 1', 'write one SELECT'],
    ['calling a procedure', "CALL enable_logging('x')", 'write one SELECT'],
    ['exporting', `EXPORT DATABASE '${written}'`, 'disabled'],
    ['two statements', 'SELECT 1; SELECT 2', 'this one has 2'],
    ['no statement', '-- nothing', 'The query is empty'],
    ['what is no SQL', 'SELEKT 1', 'syntax error'],
    ['an unknown column', 'SELECT nope FROM orders', 'nope'],
  ])('refuses %s', async (_, query, why) => {
    const answer = await ask(query)
    expect(answer).toHaveProperty('refused')
    expect((answer as { refused: string }).refused).toContain(why)
    expect(existsSync(written)).toBe(false)
    expect(await readFile(data, 'utf8')).toMatch(/^id,price/)
  })

  it('knows no token', async () => {
    expect(await ask("SELECT getenv('GITHUB_TOKEN')")).not.toEqual({ value: 'a token' })
    expect(cageEnvironment({ GITHUB_TOKEN: 'a', ACTIONS_RUNTIME_TOKEN: 'b', INPUT_TOKEN: 'c', PATH: '/bin' })).toEqual({
      PATH: '/bin',
    })
  })

  it('stops a query that does not end', async () => {
    const endless = 'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t'
    expect(await ask(endless, 2)).toEqual({ refused: 'The query was stopped after 2 seconds; make it cheaper.' })
  })

  it('stops a query that takes too much memory', async () => {
    const answer = await ask("SELECT length(string_agg(repeat('x', 1000), '')) FROM range(1000000)")
    expect(answer).toHaveProperty('refused')
  })
})
