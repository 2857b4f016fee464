import type { AnswerColumns, OpenDataset } from '@mlwright/data'
import { type ColumnType, type Finding, type Performance, type Ports, UserError } from '@mlwright/domain'
import { followClasses, followNumbers, followPerformance, watchErrors } from '@mlwright/drift'
import { type Answered, answerKind, asFarAs, errorsOf, type ReadAnswers, readAnswered } from './answered.ts'
import { expectedLosses } from './expected-losses.ts'
import type { Seen } from './open-seen.ts'
import type { Reference } from './reference.ts'
import type { MonitorSettings } from './settings.ts'

/** What ADWIN may err by; it is shown and rings no bell. river's default. */
const delta = 0.002

function counted(rule: string, count: number, message: string): Finding[] {
  const facts = { column: null, location: null, count, share: null, examples: [] }
  return count > 0 ? [{ rule, level: 'warn', message, ...facts }] : []
}

type Features = readonly { readonly name: string; readonly type: ColumnType }[]

/** Follows answers of one kind, at the level that is the performance's share of the budget. */
async function follower(
  { engine }: Pick<Ports, 'engine'>,
  before: Answered,
  now: ReadAnswers,
  tables: {
    readonly reference: OpenDataset | null
    readonly places: Float64Array | null
    readonly current: OpenDataset
  },
  features: Features,
): Promise<(alpha: number) => Performance> {
  if (before.kind === 'numbers' && now.kind === 'numbers') {
    const { reference, places, current } = tables
    const losses = await expectedLosses(
      engine,
      { sample: before.sample, table: reference && places && { opened: reference, places } },
      { sample: now.sample, table: { opened: current, places: now.read.rows } },
      features,
    )
    return (alpha) => followNumbers(before.sample, now.sample, alpha, losses)
  }
  if (before.kind === 'classes' && now.kind === 'classes') {
    const [known, seen] = [asFarAs(before.sample, now.sample), asFarAs(now.sample, before.sample)]
    return (alpha) => followClasses(known, seen, alpha)
  }
  if (before.kind === 'scores' && now.kind === 'scores')
    return (alpha) => followPerformance(before.sample, now.sample, alpha)
  throw new Error(`Answers that are ${now.kind} are compared with ${before.kind}.`)
}

/**
 * The performance where scores or predictions are given, of which labels may have arrived later in a file of their own:
 * a function of its level, and what is wrong with the answers. `features` are what both tables say of a row.
 */
export async function performance(
  inputs: MonitorSettings,
  ports: Ports,
  reference: Reference,
  seen: Seen,
  features: Features,
): Promise<{ performance: ((alpha: number) => Performance) | null; findings: Finding[] }> {
  const { score, label, prediction } = inputs
  if (score === undefined && label === undefined && inputs.labels === undefined)
    return { performance: null, findings: [] }
  if (label === undefined || (score ?? prediction) === undefined)
    throw new UserError(
      'INPUT_INVALID',
      'Performance needs `label` and one of `score` and `prediction`: the names of columns.',
    )
  const { opened, answered } = reference
  if (!opened && !answered)
    throw new UserError(
      'INPUT_INVALID',
      'Performance needs reference data with answers and labels, or a released model whose predictions are in the records; a profile does not have them.',
    )
  const kind = answered?.kind ?? answerKind(inputs, opened ?? seen.table)
  const positive = inputs.positive ?? (answered?.kind === 'scores' ? answered.positive : undefined)
  const columns = { ...inputs, positive }
  const time = inputs.timestamp ?? (seen.logged ? 'timestamp' : undefined)
  const has = (table: OpenDataset) => time !== undefined && table.dataset.columns.some(({ name }) => name === time)
  const where = (table: OpenDataset): AnswerColumns => ({ label, ...(has(table) && { time }) })
  const read = opened && !answered ? await readAnswered(ports.engine, opened, kind, columns, where(opened)) : null
  const before: Answered = answered ?? read!
  const later = seen.labels ? { labels: seen.labels, key: inputs.key } : undefined
  const classes = before.kind === 'classes' ? before.sample.classes : undefined
  const now = await readAnswered(ports.engine, seen.table, kind, columns, { ...where(seen.table), later }, classes)
  const tables = { reference: opened, places: read?.read.rows ?? null, current: seen.table }
  const follow = await follower(ports, before, now, tables, features)
  const { contradictory, infinite, times } = now.read
  const concept = watchErrors(
    {
      name: kind === 'numbers' ? 'absolute_error' : 'wrong',
      reference: errorsOf(before),
      current: errorsOf(now),
      times,
    },
    delta,
  )
  return {
    performance: (alpha) => ({ ...follow(alpha), concept }),
    findings: [
      ...counted(
        'label-twice',
        contradictory,
        `${contradictory} keys of ${inputs.labels ?? inputs.current} have labels that contradict each other; they count as not labelled.`,
      ),
      ...counted(
        'answer-infinite',
        infinite,
        `${infinite} answers in ${inputs.current} are infinite; they are left out of the performance.`,
      ),
    ],
  }
}
