import type { ColumnDrift, ColumnProfile, PeerDrift } from '@mlwright/domain'
import { missingShare } from './compare-missing.ts'
import type { Comparison, JudgedTest } from './judged-test.ts'

const number = (value: number) => String(Number(value.toPrecision(3)))
const percent = (share: number) => `${number(share * 100)} %`

function moved(reference: ColumnProfile, current: ColumnProfile): string {
  const [a, b] = [reference.numbers, current.numbers]
  return a && b ? `; mean ${number(a.mean)} → ${number(b.mean)}` : ''
}

function said({ name, test, effect }: JudgedTest, reference: ColumnProfile, current: ColumnProfile): string {
  const p = `p = ${number(test.p_value ?? 1)}`
  if (name === 'missing')
    return `Missing values went from ${percent(missingShare(reference))} to ${percent(missingShare(current))} (${p}).`
  if (name === 'new_values')
    return `${percent(effect.value ?? 0)} more of the rows than expected have a value that the reference does not list (${p}).`
  if (name === 'new_categories') return `${percent(effect.value ?? 0)} of the rows have a new category (${p}).`
  const what = name === 'ks' ? 'The distribution moved by' : 'Rows moved to other cells:'
  return `${what} ${percent(effect.value ?? 0)} (${name}, ${p}${moved(reference, current)}).`
}

/** Shares a column's level among the tests that decide; it has drifted where one rejects and its effect matters. */
export function judgeColumn(
  reference: ColumnProfile,
  current: ColumnProfile,
  { tests, distances }: Comparison,
  alpha: number,
  peer: PeerDrift | null,
  role?: ColumnDrift['role'],
): ColumnDrift {
  // Labels come later than the rows that they belong to, so that missing ones say nothing.
  const judged = tests.map((test) => (role === 'label' && test.name === 'missing' ? { ...test, decides: false } : test))
  const deciding = judged.filter(({ decides }) => decides)
  const share = alpha / Math.max(1, deciding.length)
  const rejecting = deciding.filter(
    ({ test, effect }) =>
      test.p_value !== null && test.p_value <= share && effect.value !== null && effect.value >= effect.threshold,
  )
  const reasons = rejecting.map((test) => said(test, reference, current))
  if (role && reasons.length > 0) reasons.unshift(role === 'label' ? 'Label drift.' : 'Prediction drift.')
  return {
    type: reference.type,
    ...(role && { role }),
    drifted: rejecting.length > 0,
    reason: reasons.join(' '),
    tests: Object.fromEntries(
      judged.map(({ name, test, decides }) => [name, { ...test, alpha: decides ? share : null }]),
    ),
    effects: Object.fromEntries(tests.map(({ name, effect }) => [name, effect])),
    distances,
    missing: { reference: missingShare(reference), current: missingShare(current) },
    peer,
  }
}
