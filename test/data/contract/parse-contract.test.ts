import { parseContract } from '@mlwright/data'
import { UserError } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'

const head = 'apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\n'
/** A contract whose only object has these properties; the first one stands on line 9. */
const contract = (properties: string, object = '') =>
  `${head}schema:\n  - name: orders\n${object}    properties:\n${properties}`
const property = (lines: string) => `      - name: amount\n${lines.replace(/^/gm, '        ')}`
const quality = (rule: string, type = 'number') => contract(property(`logicalType: ${type}\nquality:\n  - ${rule}`))

function problems(text: string, path = 'orders.odcs.yaml', dataset?: string): string[] {
  try {
    parseContract(text, path, dataset)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).code).toBe('CONTRACT_INVALID')
    return (error as UserError).message.split('\n')
  }
}

describe('parseContract', () => {
  it('reports all errors at once, each with its place and the nearest valid key', () => {
    const text = contract(
      '      - name: amount\n        logicalTyp: number\n        required: maybe\n      - name: day\n        logicalType: dat\n',
    ).replace('status: active', 'statuss: active')
    expect(problems(text)).toEqual([
      'orders.odcs.yaml:1:1: status is missing; it has to be text.',
      'orders.odcs.yaml:5:1: unknown key `statuss`; did you mean `status`?',
      'orders.odcs.yaml:10:9: unknown key `logicalTyp`; did you mean `logicalType`?',
      'orders.odcs.yaml:11:19: required is "maybe"; it has to be a boolean.',
      'orders.odcs.yaml:13:22: logicalType is "dat"; did you mean date?',
    ])
  })

  it('reports what is no YAML with its place', () => {
    expect(problems('kind: [a')[0]).toMatch(/^orders\.odcs\.yaml:1:\d+: /)
  })

  it('refuses an empty file and a contract without a schema object', () => {
    expect(problems('')[0]).toContain('orders.odcs.yaml:1:1:')
    expect(problems(head)).toEqual([expect.stringContaining('the contract has no schema object')])
  })

  it('gives every rule the line and column of its own key', () => {
    const parsed = parseContract(
      contract(property('logicalType: integer\nrequired: true\nlogicalTypeOptions: { minimum: 0, maximum: 9 }')),
      'orders.odcs.yaml',
    )
    expect(parsed.rules.map(({ rule, location }) => [rule, location.line, location.column])).toEqual([
      ['type', 10, 9],
      ['not-null', 11, 9],
      ['minimum', 12, 31],
      ['maximum', 12, 43],
    ])
  })

  it('tells the types by column, under the physical name where there is one', () => {
    const rows: [string, string][] = [
      ['logicalType: integer', 'number'],
      ['logicalType: timestamp', 'date'],
      ['logicalType: boolean', 'boolean'],
      ['physicalType: VARCHAR(20)', 'string'],
      ['physicalType: decimal(10,2)', 'number'],
      ['logicalType: date\nlogicalTypeOptions: { format: dd/MM/yyyy }', 'string'],
    ]
    for (const [lines, type] of rows) {
      const parsed = parseContract(contract(property(`physicalName: AMT\n${lines}`)), 'c.yaml')
      expect([...parsed.types], lines).toEqual([['AMT', type]])
    }
    expect([...parseContract(contract(property('description: any')), 'c.yaml').types]).toEqual([])
  })

  it('orders a composite primary key by its positions', () => {
    const keyed = (name: string, position: number) =>
      `      - name: ${name}\n        primaryKey: true\n        primaryKeyPosition: ${position}\n`
    expect(parseContract(contract(keyed('line', 2) + keyed('order', 1)), 'c.yaml').primaryKey).toEqual([
      'order',
      'line',
    ])
  })

  it('chooses among several objects by the dataset, else by the file, and says when none fits', () => {
    const two = `${head}schema:\n  - name: orders\n    properties: [{ name: a, primaryKey: true }]\n  - name: customers\n    properties: [{ name: b, primaryKey: true }]\n`
    expect(parseContract(two, 'c/customers.odcs.yaml').primaryKey).toEqual(['b'])
    expect(parseContract(two, 'c/customers.odcs.yaml', 'orders').primaryKey).toEqual(['a'])
    expect(problems(two, 'c/shop.yaml', 'order')).toEqual([expect.stringContaining('did you mean orders?')])
  })

  it('allows only the options of the logical type, and none without a logical type', () => {
    expect(problems(contract(property('logicalType: string\nlogicalTypeOptions: { minimum: 3 }')))).toEqual([
      expect.stringContaining('unknown key `minimum`; '),
    ])
    expect(problems(contract(property('logicalTypeOptions: { minimum: 3 }')))).toEqual([
      expect.stringContaining('logicalTypeOptions need a logicalType'),
    ])
    expect(problems(contract(property('logicalType: integer\nlogicalTypeOptions: { format: i33 }')))).toHaveLength(1)
    expect(problems(contract(property('logicalType: date\nlogicalTypeOptions: { minimum: 31.12.2024 }')))).toEqual([
      expect.stringContaining('write it like 2024-12-31'),
    ])
  })

  it('refuses patterns that are none or that a linear-time matcher lacks', () => {
    const pattern = (text: string) =>
      problems(contract(property(`logicalType: string\nlogicalTypeOptions: { pattern: '${text}' }`)))
    expect(pattern('^[A-Z]{2}\\d+$')).toEqual([])
    expect(pattern('(')).toEqual([expect.stringContaining('is no regular expression')])
    expect(pattern('^(?!x)')).toEqual([expect.stringContaining('look-ahead')])
    expect(pattern('(a)\\1')).toEqual([expect.stringContaining('refers back')])
  })

  it('checks servers, service levels and the inside of objects and arrays by the standard', () => {
    expect(problems(`${contract(property('required: true'))}\nservers:\n  - { server: a, type: s3 }\n`)).toEqual([
      expect.stringContaining('location'),
    ])
    expect(problems(`${contract(property('required: true'))}\nslaProperties: [{ property: latency }]\n`)).toHaveLength(
      1,
    )
    const nested = 'logicalType: array\nitems:\n  logicalType: object\n  properties:\n    - nam: x'
    expect(problems(contract(property(nested)))).toEqual([
      expect.stringContaining('name is missing'),
      expect.stringContaining('did you mean `name`?'),
    ])
  })
})

describe('decisions on what the standard leaves open', () => {
  it('refuses two operators in one rule, and a rule without one', () => {
    expect(problems(quality('{ metric: nullValues, mustBeLessThan: 5, mustBeGreaterThan: 1 }'))).toEqual([
      expect.stringContaining('exactly one operator'),
    ])
    expect(problems(quality('{ metric: nullValues }'))).toEqual([expect.stringContaining('exactly one operator')])
  })

  it('refuses a range whose bounds are equal or in the wrong order', () => {
    for (const range of ['[3, 3]', '[5, 3]', '[1]'])
      expect(problems(quality(`{ metric: nullValues, mustBeBetween: ${range} }`)), range).not.toEqual([])
  })

  it('refuses the mis-indented example of the docs, whose pattern stands beside its empty arguments', () => {
    expect(problems(quality("{ metric: invalidValues, arguments: , pattern: '^DE', mustBe: 0 }"))).toEqual([
      expect.stringContaining('arguments'),
      expect.stringContaining('unknown key `pattern`'),
    ])
  })

  it('takes severities of little weight as warnings, all others and none as failures', () => {
    const level = (severity: string) =>
      parseContract(quality(`{ metric: nullValues, mustBe: 0${severity} }`), 'c.yaml').rules.at(-1)!.level
    for (const word of ['info', 'warning', 'Warn', 'low', 'minor', 'trivial'])
      expect(level(`, severity: ${word}`)).toBe('warn')
    for (const word of ['error', 'critical', 'blocker']) expect(level(`, severity: ${word}`)).toBe('fail')
    expect(level('')).toBe('fail')
  })

  it('refuses an operator beside a custom rule, whose bounds stand in its implementation', () => {
    expect(
      problems(quality('{ type: custom, engine: mlwright, implementation: { check: mean, min: 0 }, mustBe: 1 }')),
    ).toEqual([expect.stringContaining('unknown key `mustBe`')])
  })

  it('names what is wrong with a custom rule of ours, and notes those of other engines', () => {
    expect(
      problems(quality('{ type: custom, engine: mlwright, implementation: { check: medain, mn: 0, max: 1 } }')),
    ).toEqual([expect.stringContaining('did you mean `min`?'), expect.stringContaining('did you mean median?')])
    const soda = parseContract(quality('{ type: custom, engine: soda, implementation: "a string" }'), 'c.yaml')
    expect(soda.notes).toEqual(['A rule for the engine soda is not checked.'])
  })

  it('leaves rules in words to people, with a note', () => {
    const parsed = parseContract(quality('{ type: text, description: Ask the warehouse }'), 'c.yaml')
    expect(parsed.rules).toEqual([])
    expect(parsed.notes).toEqual(['A rule in words is left to people: Ask the warehouse.'])
  })

  it('notes relationships, which need other data', () => {
    const parsed = parseContract(contract(property('relationships: [{ to: customers.id }]')), 'c.yaml')
    expect(parsed.notes).toEqual(['Relationships to other data are not checked.'])
  })

  it('asks for a property where a metric of the whole object needs one', () => {
    const object = '    quality:\n      - { metric: nullValues, mustBe: 0 }\n'
    expect(problems(contract(property('required: true'), object))).toEqual([
      expect.stringContaining('move the rule to one'),
    ])
  })

  it('refuses unknown arguments of a metric with the nearest one', () => {
    expect(problems(quality('{ metric: invalidValues, arguments: { validValue: [1] }, mustBe: 0 }'))).toEqual([
      expect.stringContaining('did you mean `validValues`?'),
    ])
  })
})
