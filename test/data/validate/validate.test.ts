import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataset, parseContract, type ValidateOptions, validate } from '@mlwright/data'
import { type Finding, ValidationReport } from '@mlwright/domain'
import { cageEnvironment, duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'mlwright-validate-'))
const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(folder, 'spill'),
  cage: {
    script: join(root, 'test/engines/cage-entry.mjs'),
    arguments: [],
    environment: cageEnvironment(process.env),
  },
})
afterAll(() => engine.close())

const head = 'apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n  - name: d\n'
let files = 0

async function check(csv: string, schema: string, options: Partial<ValidateOptions> = {}) {
  const contract = parseContract(`${head}${schema}`, 'd.yaml')
  const path = `${files++}.csv`
  await writeFile(join(folder, path), csv)
  const file = { path, absolute: join(folder, path), oid: '0' }
  const opened = await openDataset(engine, { name: 'd', files: [file], types: contract.types })
  return validate(engine, opened, contract, { showValues: true, ...options })
}

/** Checks one column `x` that has these values. */
const column = (values: readonly (string | number)[], lines: string, options: Partial<ValidateOptions> = {}) =>
  check(
    `x,other\n${values.map((value) => `${value},1`).join('\n')}\n`,
    `    properties:\n      - name: x\n${lines.replace(/^/gm, '        ')}`,
    options,
  )
const rule = (values: readonly (string | number)[], quality: string, type = 'number') =>
  column(values, `logicalType: ${type}\nquality:\n  - ${quality}`)
const rowsOf = (findings: readonly Finding[]) =>
  findings.map(({ rule, examples }) => [rule, ...examples.map((e) => e.row)])

it('hands on what the contract asks for and is not checked, each once and of its own object only', async () => {
  const schema = `    properties:
      - { name: x, quality: [{ type: text, description: Ask the warehouse }, { type: custom, engine: soda, implementation: a }] }
      - { name: y, quality: [{ type: custom, engine: soda, implementation: b }], relationships: [{ to: e.z }] }
  - name: e
    properties: [{ name: z, quality: [{ type: text, description: Of another object }] }]
`
  const report = await check('x,y\n1,2\n', schema)
  expect(report).toMatchObject({ verdict: 'pass', findings: [] })
  expect(report.notes).toEqual([
    'A rule in words is left to people: Ask the warehouse.',
    'A rule for the engine soda is not checked.',
    'Relationships to other data are not checked.',
  ])
  const { notes: _, ...old } = report
  expect(ValidationReport.parse(old).notes).toEqual([])
})

it.each([true, false])('finds damaged pages behind a good footer, with a contract: %s', async (withContract) => {
  const whole = join(folder, 'whole.parquet')
  await engine.execute(`COPY (SELECT i AS x, i || 'x' AS y FROM range(5000) r(i)) TO '${whole}'`)
  const bytes = await readFile(whole)
  await writeFile(join(folder, 'damaged.parquet'), bytes.fill(0xff, 4, bytes.length - 1500))
  const contract = withContract
    ? parseContract(`${head}    properties: [{ name: x, required: true }, { name: y, unique: true }]\n`, 'd.yaml')
    : null
  const files = [{ path: 'damaged.parquet', absolute: join(folder, 'damaged.parquet'), oid: '0' }]
  const report = await validate(engine, await openDataset(engine, { name: 'd', files }), contract, { showValues: true })
  expect(report.verdict).toBe('fail')
  expect(report.findings.map(({ rule, location }) => [rule, location?.file])).toEqual([['readable', 'damaged.parquet']])
})

describe('rules of a property', () => {
  it('tells count, share, rows and values of what breaks a rule, on the line of the rule', async () => {
    const report = await column(
      [5, 120, '', 130, 7, 8, 121],
      'logicalType: integer\nlogicalTypeOptions: { maximum: 120 }',
    )
    expect(report).toMatchObject({ verdict: 'fail', rows: 7, failed: 1, contract: 'd.yaml' })
    expect(report.findings).toEqual([
      {
        rule: 'maximum',
        level: 'fail',
        column: 'x',
        message: 'x: 2 rows (28.57 %) are above 120.',
        location: { file: 'd.yaml', line: 11, column: 31 },
        count: 2,
        share: 2 / 7,
        examples: [
          { row: 4, value: '130' },
          { row: 7, value: '121' },
        ],
      },
    ])
  })

  it('shows at most five rows, in their order', async () => {
    const report = await column([1, '', '', 2, '', '', '', '', 3], 'required: true')
    expect(rowsOf(report.findings)).toEqual([['not-null', 2, 3, 5, 6, 7]])
    expect(report.findings[0]?.message).toBe('x: 6 rows (66.67 %) have no value.')
  })

  const options: [string, string, (string | number)[], [string, ...number[]][]][] = [
    [
      'an exclusive minimum',
      'logicalType: number\nlogicalTypeOptions: { exclusiveMinimum: 0 }',
      [0, 0.1, -2],
      [['minimum', 1, 3]],
    ],
    [
      'an exclusive maximum',
      'logicalType: number\nlogicalTypeOptions: { exclusiveMaximum: 2 }',
      [0, 2, 1.9],
      [['maximum', 2]],
    ],
    [
      'lengths in characters',
      'logicalType: string\nlogicalTypeOptions: { minLength: 2, maxLength: 3 }',
      ['é', 'ab', 'öäü', 'abcd', '😀😀'],
      [
        ['min-length', 1],
        ['max-length', 4],
      ],
    ],
    [
      'a pattern that is not anchored',
      "logicalType: string\nlogicalTypeOptions: { pattern: 'b+' }",
      ['abc', 'ac', 'b'],
      [['pattern', 2]],
    ],
    [
      'a set of words',
      "logicalType: string\nlogicalTypeOptions: { enum: ['a', \"it's\"] }",
      ['a', "it's", 'b', ''],
      [['allowed-values', 3]],
    ],
    [
      'a set of numbers',
      'logicalType: integer\nlogicalTypeOptions: { enum: [1, 2] }',
      [1, 2, 3],
      [['allowed-values', 3]],
    ],
    [
      'multiples of a fraction',
      'logicalType: number\nlogicalTypeOptions: { multipleOf: 0.1 }',
      [0.3, 0.7, 0.35, -1.1],
      [['multiple-of', 3]],
    ],
    ['whole numbers', 'logicalType: integer', [1, 2.5, 3], [['type', 2]]],
    [
      'the size of integers',
      'logicalType: integer\nlogicalTypeOptions: { format: u8 }',
      [0, 255, 256, -1],
      [['format', 3, 4]],
    ],
    [
      'e-mail addresses',
      'logicalType: string\nlogicalTypeOptions: { format: email }',
      ['a.b+c@example.co', 'a@', '@b', 'a b@c.d'],
      [['format', 2, 3, 4]],
    ],
    [
      'UUIDs',
      'logicalType: string\nlogicalTypeOptions: { format: uuid }',
      ['123e4567-e89b-12d3-a456-426614174000', '123e4567'],
      [['format', 2]],
    ],
    [
      'IPv6 addresses',
      'logicalType: string\nlogicalTypeOptions: { format: ipv6 }',
      ['::1', '2001:db8::8a2e:370:7334', '1:2:3:4:5:6:7:8', '1::2::3', '::ffff:10.0.0.1', '1:2'],
      [['format', 4, 6]],
    ],
    [
      'dates in their own format',
      'logicalType: date\nlogicalTypeOptions: { format: dd/MM/yyyy, minimum: 2024-02-01 }',
      ['31/12/2024', '2024-12-31', '31/01/2024', '30/02/2024'],
      [
        ['minimum', 3],
        ['format', 2, 4],
      ],
    ],
    ['days without a time', 'logicalType: date', ['2024-01-01', '2024-01-01 12:00:00'], [['type', 2]]],
    [
      'a range of timestamps',
      'logicalType: timestamp\nlogicalTypeOptions: { maximum: 2024-06-30T12:00:00Z }',
      ['2024-06-30 12:00:00', '2024-06-30 12:00:01'],
      [['maximum', 2]],
    ],
    [
      'times',
      "logicalType: time\nlogicalTypeOptions: { minimum: '08:00:00' }",
      ['09:30:00', '07:59:59', '25:00:00'],
      [
        ['type', 3],
        ['minimum', 2],
      ],
    ],
    ['the length of VARCHAR(n)', 'physicalType: VARCHAR(2)', ['ab', 'abc'], [['physical-type', 2]]],
    ['the digits of DECIMAL(p,s)', 'physicalType: DECIMAL(4, 2)', [99.99, 100, 1.005, 0.1], [['physical-type', 2, 3]]],
    ['the range of SMALLINT', 'physicalType: SMALLINT', [32767, 32768, -32769], [['physical-type', 2, 3]]],
    [
      'unique values, where missing ones are not equal',
      'unique: true',
      ['a', '', 'b', '', 'a', 'a'],
      [['unique', 1, 5, 6]],
    ],
    [
      'primary keys, which are complete and unique',
      'primaryKey: true',
      ['a', '', 'b', 'b'],
      [
        ['primary-key', 2],
        ['primary-key', 3, 4],
      ],
    ],
  ]
  for (const [what, lines, values, expected] of options)
    it(`checks ${what}`, async () => {
      expect(rowsOf((await column(values, lines)).findings)).toEqual(expected)
    })

  it('reports a pattern that only the engine refuses, and checks the others', async () => {
    const lines = "logicalType: string\nlogicalTypeOptions: { pattern: '^a{2,1001}$', maxLength: 1 }"
    const report = await column(['aa', 'b'], lines)
    expect(report.findings).toMatchObject([
      { rule: 'max-length', count: 1 },
      { rule: 'pattern', level: 'fail', message: expect.stringMatching(/^The rule cannot be checked: .*repetition/) },
    ])
  })

  it('reads patterns as ECMAScript does, with needless escapes and named groups', async () => {
    const lines = "logicalType: string\nlogicalTypeOptions: { pattern: '^(?<user>[\\w\\.\\-]+)\\@\\u0061$' }"
    expect(rowsOf((await column(['x.y-z@a', 'x@b'], lines)).findings)).toEqual([['pattern', 2]])
  })

  it('knows integers of up to 128 bits', async () => {
    const of = (format: string) => column([1, -1], `logicalType: integer\nlogicalTypeOptions: { format: ${format} }`)
    expect((await of('i128')).findings).toEqual([])
    expect(rowsOf((await of('u128')).findings)).toEqual([['format', 2]])
    expect(rowsOf((await of('u64')).findings)).toEqual([['format', 2]])
  })

  it('puts values that have not the declared type on the line that declares it', async () => {
    const report = await column([1, 'two', 3], 'logicalType: number')
    expect(report.findings).toMatchObject([
      { rule: 'type', level: 'fail', count: 1, location: { file: 'd.yaml', line: 10 } },
    ])
  })

  it('counts a composite key as one', async () => {
    const report = await check(
      'a,b\n1,x\n1,y\n2,x\n1,x\n',
      '    properties:\n      - { name: a, primaryKey: true, primaryKeyPosition: 1 }\n      - { name: b, primaryKey: true, primaryKeyPosition: 2 }\n',
    )
    expect(report.findings).toMatchObject([
      {
        rule: 'primary-key',
        column: null,
        message: 'a, b: 1 row (25 %) repeats a key of an earlier row.',
        examples: [
          { row: 1, value: '1, x' },
          { row: 4, value: '1, x' },
        ],
      },
    ])
  })
})

describe('library metrics', () => {
  it('compares with every operator', async () => {
    const values = [1, '', '', 4]
    const cases: [string, boolean][] = [
      ['mustBe: 2', true],
      ['mustBe: 1', false],
      ['mustNotBe: 2', false],
      ['mustBeGreaterThan: 2', false],
      ['mustBeGreaterOrEqualTo: 2', true],
      ['mustBeLessThan: 2', false],
      ['mustBeLessOrEqualTo: 2', true],
      ['mustBeBetween: [1, 3]', true],
      ['mustBeBetween: [3, 4]', false],
      ['mustNotBeBetween: [1, 3]', false],
      ['mustNotBeBetween: [3, 4]', true],
    ]
    for (const [operator, holds] of cases) {
      const report = await rule(values, `{ metric: nullValues, ${operator} }`)
      expect(report.verdict, operator).toBe(holds ? 'pass' : 'fail')
    }
  })

  it('warns where a value is a bound of a range, which the text of the standard leaves out', async () => {
    const report = await rule([1, '', '', 4], '{ metric: nullValues, mustBeBetween: [2, 3] }')
    expect(report).toMatchObject({ verdict: 'warn', failed: 0 })
    expect(report.findings[0]?.message).toBe(
      "x: missing values are 2, which is a bound of between 2 and 3; the standard's text leaves bounds out.",
    )
  })

  it('measures percent of all rows', async () => {
    const report = await rule([1, '', 3, 4], '{ metric: nullValues, mustBeLessThan: 20, unit: percent }')
    expect(report.findings[0]).toMatchObject({
      message: 'x: missing values are 25 %, but must be less than 20 %.',
      count: 1,
      share: 0.25,
    })
  })

  it('counts missing values by the words that count as missing', async () => {
    const list = (words: string) =>
      rule(
        ['a', '', 'N/A', '-', 'b'],
        `{ metric: missingValues, arguments: { missingValues: ${words} }, mustBe: 2 }`,
        'string',
      )
    expect((await list("[null, 'N/A']")).verdict).toBe('pass')
    expect((await list("['N/A', '-']")).verdict).toBe('pass')
    expect((await list("['', 'N/A', '-']")).verdict).toBe('fail')
  })

  it('counts a value as invalid only if it is not missing', async () => {
    const invalid = (more: string) =>
      rule(
        ['a', '', 'N/A', 'c'],
        `{ metric: invalidValues, arguments: { validValues: [a]${more} }, mustBe: 0 }`,
        'string',
      )
    expect(rowsOf((await invalid('')).findings)).toEqual([['invalid-values', 3, 4]])
    expect(rowsOf((await invalid(", missingValues: ['N/A']")).findings)).toEqual([['invalid-values', 4]])
  })

  it('counts distinct values that occur more than once, a missing one too, and says how many rows have them', async () => {
    const report = await rule(['a', 'a', 'a', 'b', '', ''], '{ metric: duplicateValues, mustBe: 0 }', 'string')
    expect(report.findings[0]?.message).toBe('x: duplicated values are 2, but must be 0 (5 rows have one of them).')
  })

  it('measures duplicates in percent of the rows that have one', async () => {
    const report = await rule(
      ['a', 'a', 'b', 'c'],
      '{ metric: duplicateValues, mustBeLessThan: 1, unit: percent }',
      'string',
    )
    expect(report.findings[0]).toMatchObject({
      message: 'x: rows with a duplicated value are 50 %, but must be less than 1 %.',
      share: 0.5,
    })
  })

  it('counts rows, by several rules of one object', async () => {
    const report = await check(
      'x\n1\n2\n',
      '    quality:\n      - { metric: rowCount, mustBeGreaterThan: 1 }\n      - { metric: rowCount, mustBeGreaterThan: 100, severity: warning }\n    properties: [{ name: x }]\n',
    )
    expect(report).toMatchObject({
      verdict: 'warn',
      findings: [{ rule: 'row-count', level: 'warn', column: null, count: null }],
    })
    expect(report.findings[0]?.message).toBe('d: the number of rows is 2, but must be greater than 100.')
  })
})

describe('statistics', () => {
  const custom = (what: string) => `{ type: custom, engine: mlwright, implementation: { ${what} } }`
  const values = [1, 2, 4, '', 13]

  it('checks them against bounds', async () => {
    // numpy 2: x = [1, 2, 4, 13]; mean 5.0; std(ddof=1) 5.477225575051661; median 3.0; quantile(.9) 10.3
    const cases: [string, number][] = [
      ['check: mean', 5],
      ['check: standard_deviation', 5.477225575051661],
      ['check: median', 3],
      ['check: quantile, quantile: 0.9', 10.3],
      ['check: sum', 20],
      ['check: distinct', 4],
    ]
    for (const [what, value] of cases) {
      const near = await rule(values, custom(`${what}, min: ${value - 1e-9}, max: ${value + 1e-9}`))
      expect(near.findings, what).toEqual([])
      expect((await rule(values, custom(`${what}, min: ${value + 1e-6}`))).verdict, what).toBe('fail')
      expect((await rule(values, custom(`${what}, max: ${value - 1e-6}`))).verdict, what).toBe('fail')
    }
  })

  it('says what was measured, and that a text has none', async () => {
    expect((await rule(values, custom('check: median, max: 2'))).findings[0]?.message).toBe(
      'x: the median is 3, but must be at most 2.',
    )
    expect((await rule(['a', 'b'], custom('check: mean, max: 2'), 'string')).findings[0]?.message).toBe(
      'x is no number, so it has no mean.',
    )
  })

  it('approximates a median whose column exceeds the memory for exact ones', async () => {
    const many = Array.from({ length: 2001 }, (_, index) => index)
    const lines = `logicalType: integer\nquality:\n  - ${custom('check: median, min: 990, max: 1010')}`
    const report = await column(many, lines, { limits: { quantileMegabytes: 0.001 } })
    expect(report.findings).toEqual([])
  })
})

describe("the contract's own SQL", () => {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'packages/engines')])

  it('compares the answer of one SELECT', async () => {
    const ask = (query: string, operator: string) => rule([1, 2, 3], `{ type: sql, query: '${query}', ${operator} }`)
    expect((await ask('SELECT count(*) FROM {object} WHERE {property} > 1', 'mustBe: 2')).findings).toEqual([])
    expect((await ask(`SELECT max($\{column}) FROM $\{table}`, 'mustBeLessThan: 3')).findings).toMatchObject([
      { rule: 'sql', message: 'The query: it answers 3, but must be less than 3.', column: 'x' },
    ])
  })

  it('reports a query that is refused as a finding', async () => {
    const report = await rule([1], '{ type: sql, query: DROP TABLE d, mustBe: 0 }')
    expect(report.findings[0]?.message).toMatch(/^The query cannot be answered: /)
  })
})

describe('the whole', () => {
  it('hides values where they may not be shown, except those of public properties', async () => {
    const shown = async (classification: string, showValues: boolean) =>
      (await column([-1], `${classification}logicalType: integer\nlogicalTypeOptions: { minimum: 0 }`, { showValues }))
        .findings[0]?.examples[0]?.value
    expect(await shown('', true)).toBe('-1')
    expect(await shown('', false)).toBeNull()
    expect(await shown('classification: public\n', false)).toBe('-1')
    expect(await shown('classification: restricted\n', true)).toBeNull()
  })

  it('reports columns that the data lacks, with the one that is meant, and allows those that the contract lacks', async () => {
    const report = await check('amout,extra\n1,2\n', '    properties:\n      - { name: amount, required: true }\n')
    expect(report.findings).toMatchObject([
      {
        rule: 'column',
        level: 'fail',
        column: 'amount',
        message: 'The data has no column amount; is it amout?',
        location: { line: 9 },
      },
    ])
  })

  it('copes with odd column names', async () => {
    for (const name of ['a "quoted" one', "it's", 'select', 'a.b', '😀', '__row', 'ä ö']) {
      const header = `"${name.replaceAll('"', '""')}"`
      const report = await check(
        `${header},z\n1,1\n1,2\n,3\n`,
        `    properties:\n      - name: ${JSON.stringify(name)}\n        required: true\n        unique: true\n        logicalType: integer\n        logicalTypeOptions: { maximum: 0 }\n`,
      )
      expect(rowsOf(report.findings), name).toEqual([
        ['not-null', 3],
        ['unique', 1, 2],
        ['maximum', 1, 2],
      ])
    }
  })

  it('judges no rows, and columns without a value', async () => {
    const schema =
      '    properties:\n      - name: x\n        logicalType: number\n        unique: true\n        logicalTypeOptions: { minimum: 0 }\n        quality:\n          - { metric: nullValues, mustBeLessThan: 1, unit: percent }\n          - { type: custom, engine: mlwright, implementation: { check: mean, min: 0 } }\n'
    const none = await check('x,y\n', schema)
    expect(none.findings.map(({ rule }) => rule)).toEqual(['no-rows', 'mean'])
    const missing = await check('x,y\n,1\n,2\n', schema)
    expect(missing.findings.map(({ rule, count }) => [rule, count])).toEqual([
      ['null-values', 2],
      ['mean', null],
    ])
  })

  it('takes infinities and NaN as missing, with a warning for infinities', async () => {
    const report = await column([1, 'inf', 'nan'], 'logicalType: number\nlogicalTypeOptions: { maximum: 5 }')
    expect(report.findings.map(({ rule, level }) => [rule, level])).toEqual([['finite', 'warn']])
  })

  it('includes what is wrong with the files, and needs no contract', async () => {
    await writeFile(join(folder, 'ragged.csv'), 'a,b\n1,2\n3\n')
    const file = { path: 'ragged.csv', absolute: join(folder, 'ragged.csv'), oid: '0' }
    const opened = await openDataset(engine, { name: 'ragged', files: [file] })
    const report = await validate(engine, opened, null, { showValues: true })
    expect(report).toMatchObject({
      verdict: 'fail',
      contract: null,
      rows: 1,
      checks: 0,
      findings: [{ rule: 'ragged-row' }],
    })
  })
})
