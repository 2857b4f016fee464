import { readFileSync, writeFileSync } from 'node:fs'
import type { Annotation, Runner } from '@mlwright/domain'
import { githubPorts } from '@mlwright/github'
import { expect, test } from 'vitest'
import { captureOutput, inEnvironment, temporaryFolder } from './fixture.ts'

/** A runner of its own, and what it has written to standard output. */
function runner(environment: Record<string, string> = {}, token = ''): { runner: Runner; printed: () => string } {
  inEnvironment(environment)
  const printed = captureOutput()
  return { runner: githubPorts({ environment, token }).runner, printed }
}

const annotation = (index: number, level: Annotation['level']): Annotation => ({
  level,
  title: 'range: age',
  message: `Message ${index}`,
  location: { file: 'contracts/a,b.yaml', line: index, column: 3 },
})

test('masks the token before anything else is written', () => {
  expect(runner({}, 'ghs_secret').printed()).toBe('::add-mask::ghs_secret\n')
})

test('prints an annotation with its place, escaped', () => {
  const { runner: subject, printed } = runner()
  subject.annotate([{ ...annotation(4, 'warning'), message: '50% wrong\n::set-env::' }])
  expect(printed()).toBe(
    '::warning title=range%3A age,file=contracts/a%2Cb.yaml,line=4,col=3::50%25 wrong%0A::set-env::\n',
  )
})

test('prints ten annotations of a level, and the tenth says how many more there are', () => {
  const { runner: subject, printed } = runner()
  const warnings = Array.from({ length: 23 }, (_, index) => annotation(index + 1, 'warning'))
  subject.annotate([...warnings, annotation(1, 'notice')])
  const lines = printed().trimEnd().split('\n')
  expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10)
  expect(lines[9]).toMatch(/::Message 10 \(and 13 more, which the report lists\)$/)
  expect(lines.filter((line) => line.startsWith('::notice'))).toHaveLength(1)
})

test('counts annotations over the whole step, and keeps a place for the failure of the step', () => {
  const { runner: subject, printed } = runner()
  for (let index = 1; index <= 12; index++) subject.annotate([annotation(index, 'failure')])
  const before = process.exitCode
  subject.fail('The data broke its contract.')
  process.exitCode = before
  const errors = printed()
    .split('\n')
    .filter((line) => line.startsWith('::error'))
  expect(errors).toHaveLength(10)
  expect(errors.at(-1)).toBe('::error::The data broke its contract.')
})

test('cuts a message that the runner would cut', () => {
  const { runner: subject, printed } = runner()
  subject.annotate([{ ...annotation(1, 'notice'), location: null, title: 't', message: 'x'.repeat(5000) }])
  expect(printed()).toBe(`::notice title=t::${'x'.repeat(4095)}…\n`)
})

test('nothing in text that is not ours is a command', () => {
  const { runner: subject, printed } = runner()
  subject.untrusted('epoch 1\n::set-output name=verdict::pass\nloss')
  subject.untrusted(' 0.5')
  subject.log('Trained.')
  const [stop, ...lines] = printed().trimEnd().split('\n')
  const [, token] = /^::stop-commands::([0-9a-f-]{36})$/.exec(stop!)!
  expect(lines).toEqual(['epoch 1', '::set-output name=verdict::pass', 'loss 0.5', `::${token}::`, 'Trained.'])
})

test('takes a new token each time, so that the text cannot repeat an old one', () => {
  const { runner: subject, printed } = runner()
  for (const text of ['a\n', 'b\n']) {
    subject.untrusted(text)
    subject.log('ours')
  }
  const tokens = [...printed().matchAll(/::stop-commands::(\S+)/g)].map(([, token]) => token)
  expect(new Set(tokens).size).toBe(2)
})

test('a line of ours that holds a command of somebody else stays a line', () => {
  const { runner: subject, printed } = runner()
  subject.log('Column\n ::error::oops')
  subject.log('##[add-mask]x')
  subject.output('verdict', 'pass')
  expect(printed()).toMatch(/^::stop-commands::(\S+)\nColumn\n ::error::oops\n##\[add-mask\]x\n::\1::\n/)
})

test('writes outputs and the summary to the files of the runner', async () => {
  const folder = temporaryFolder()
  const files = { GITHUB_OUTPUT: `${folder}/output`, GITHUB_STEP_SUMMARY: `${folder}/summary` }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const { runner: subject } = runner(files)
  subject.output('verdict', 'pass\n::x')
  await subject.summary('# One\n')
  await subject.summary('# Two\n')
  expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toMatch(/^verdict<<(ghadelimiter_\S+)\npass\n::x\n\1\n$/)
  expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toBe('# One\n# Two\n')
})

test('keeps the summary of a step under 1 MiB, in whole lines', async () => {
  const file = `${temporaryFolder()}/summary`
  writeFileSync(file, '')
  const { runner: subject } = runner({ GITHUB_STEP_SUMMARY: file })
  await subject.summary('ä'.repeat(300_000))
  await subject.summary(`${'é'.repeat(49)}\n`.repeat(9000))
  await subject.summary('never shown')
  const text = readFileSync(file, 'utf8')
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024)
  expect(text).toMatch(/é{49}\n\n\n\*The rest is left out: a job summary holds 1 MiB\.\*\n$/)
})
