import type { DriftReport, Ports } from '@mlwright/domain'
import { type BudgetHistory, budgetHistory } from '@mlwright/drift'
import { BudgetLedger, budgetPath, readRecord, recordsBranch, recordText } from '@mlwright/tracking'
import { sha256 } from '../common/sha256.ts'

type Digests = Record<'reference' | 'current', { readonly digest: string }>

/** What tells looks of one second apart: the workflow run, the same for all its attempts, or the data. */
export function lookOf({ run }: Ports['event'], { current }: Pick<Digests, 'current'>): string {
  return (run === null ? sha256(current.digest) : sha256(`run ${run.id}`)).slice(0, 8)
}

const ownLook = (event: Ports['event'], compared: Digests) => ({
  look: lookOf(event, compared),
  data: sha256(`${compared.reference.digest} ${compared.current.digest}`).slice(0, 8),
})

const yearOf = (clock: Ports['clock']) => String(clock.now().getUTCFullYear())

async function readLooks({ refs, clock }: Pick<Ports, 'refs' | 'clock'>, model: string) {
  const path = budgetPath(model, yearOf(clock))
  const bytes = await refs.read(recordsBranch, path)
  return { path, looks: bytes ? readRecord(BudgetLedger, bytes, path).looks : [] }
}

/** What is known of a model's other looks of this year. */
export interface LookHistory {
  readonly budget: BudgetHistory
  /** Rows that those at other data had, oldest first. */
  readonly rows: readonly number[]
}

/** What a model's other looks of this year have spent and seen, as the records branch keeps it. */
export async function lookHistory(
  ports: Pick<Ports, 'refs' | 'clock' | 'event'>,
  model: string,
  compared: Digests,
): Promise<LookHistory> {
  const { looks } = await readLooks(ports, model)
  const own = ownLook(ports.event, compared)
  const others = looks.filter(({ look, data }) => look !== own.look && data !== own.data)
  return {
    budget: budgetHistory(looks, own),
    rows: others.flatMap(({ rows }) => (rows === undefined ? [] : [rows])),
  }
}

/** The year's ledger with what a report has spent; a look that is done again replaces its entry. */
export async function budgetFile(
  ports: Pick<Ports, 'refs' | 'clock' | 'event'>,
  model: string,
  report: DriftReport,
): Promise<[path: string, bytes: Uint8Array]> {
  const { path, looks } = await readLooks(ports, model)
  const { alpha, columns, multivariate = 0, performance = 0 } = report.budget
  const spent = alpha * (columns + multivariate + performance)
  const own = { ...ownLook(ports.event, report), spent, rows: report.current.rows }
  const others = looks.filter(({ look }) => look !== own.look)
  const text = recordText({ kind: 'BudgetLedger', version: 1, looks: [...others, own] } satisfies BudgetLedger)
  return [path, new TextEncoder().encode(text)]
}
