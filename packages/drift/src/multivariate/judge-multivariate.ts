import type { MultivariateDrift, PeerDrift } from '@mlwright/domain'
import type { JudgedTest } from '../judged-test.ts'
import type { ClassifierComparison } from './classifier-test.ts'
import type { JointComparison } from './compare-joint.ts'
import type { ReconstructionComparison } from './reconstruction-test.ts'

/** Columns that are named as those by which tables are told apart. */
const named = 3
/** A smaller part of what a classifier relies on is not worth a name. */
const smallestShare = 0.05
/** Columns that the report has room for. */
const listed = 20

/** What rows of both tables say, where those are at hand. */
export interface RowComparisons {
  readonly classifier: ClassifierComparison | null
  readonly reconstruction: ReconstructionComparison | null
}

const number = (value: number) => String(Number(value.toPrecision(3)))

function correlationReason({ changedAt, test }: JointComparison, alpha: number): string {
  const [first, ...others] = changedAt(alpha)
  if (!first) return ''
  const more = others.length === 0 ? '' : `, and of ${others.length} more ${others.length === 1 ? 'pair' : 'pairs'}`
  const [a, b] = first.columns
  return `The rank correlation of ${a} and ${b} went from ${number(first.reference)} to ${number(first.current)}${more} (p = ${number(test.test.p_value ?? 1)}).`
}

function classifierReason({ test, importance }: ClassifierComparison): string {
  const most = importance.filter(({ share }) => share >= smallestShare).slice(0, named)
  const by = most.length === 0 ? '' : `, most of all by ${most.map(({ column }) => column).join(', ')}`
  return `A classifier tells the tables apart with an area under the ROC curve of ${number(test.effect.value ?? 0)} on rows that it has not seen (p = ${number(test.test.p_value ?? 1)})${by}.`
}

function reconstructionReason({ test, reference, current }: ReconstructionComparison): string {
  return `What principal components of the reference miss of a row went from ${number(reference)} to ${number(current)} standard deviations on average (p = ${number(test.test.p_value ?? 1)}).`
}

/** Shares the level of the columns together among the tests that decide; null where nothing is known of them. */
export function judgeMultivariate(
  joint: JointComparison | null,
  { classifier, reconstruction }: RowComparisons,
  alpha: number,
  peer: PeerDrift | null,
): MultivariateDrift | null {
  const tests: JudgedTest[] = [joint?.test, classifier?.test, reconstruction?.test].filter((test) => test !== undefined)
  if (tests.length === 0 && peer === null) return null
  const share = alpha / Math.max(1, tests.filter(({ decides }) => decides).length)
  const rejects = ({ test, effect, decides }: JudgedTest) =>
    decides && (test.p_value ?? 1) <= share && (effect.value ?? 0) >= effect.threshold
  const reasons = [
    joint && rejects(joint.test) ? correlationReason(joint, share) : '',
    classifier && rejects(classifier.test) ? classifierReason(classifier) : '',
    reconstruction && rejects(reconstruction.test) ? reconstructionReason(reconstruction) : '',
  ].filter((reason) => reason !== '')
  const rows = classifier?.rows ?? (joint ? { ...joint.rows, seed: null } : { reference: 0, current: 0, seed: null })
  return {
    drifted: reasons.length > 0,
    reason: reasons.join(' '),
    tests: Object.fromEntries(
      tests.map(({ name, test, decides }) => [name, { ...test, alpha: decides ? share : null }]),
    ),
    effects: Object.fromEntries(tests.map(({ name, effect }) => [name, effect])),
    pairs: joint?.pairs ?? [],
    importance: (classifier?.importance ?? []).filter(({ share }) => share > 0).slice(0, listed),
    reconstruction: joint?.reconstruction ?? null,
    rows,
    peer,
  }
}
