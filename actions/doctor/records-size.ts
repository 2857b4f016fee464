import type { Finding, Refs } from '@mlwright/domain'
import { problemFinding } from '@mlwright/registry'
import { fmtBytes } from '@mlwright/report'
import { recordsBranch } from '@mlwright/tracking'

/** What the newest commit of the records branch holds. */
export interface RecordsSize {
  readonly runs: number
  readonly files: number
  readonly bytes: number
}

/** A clone that fetches every branch takes so much longer. */
const large = 200e6

/** The size of the records branch; null where there is none. */
export async function recordsSize(refs: Pick<Refs, 'tree' | 'resolve'>): Promise<RecordsSize | null> {
  if (!(await refs.resolve(recordsBranch))) return null
  const entries = await refs.tree(recordsBranch)
  const runs = new Set(entries.flatMap(({ path }) => /^runs\/.+(?=\/[^/]+$)/.exec(path) ?? []))
  return { runs: runs.size, files: entries.length, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0) }
}

export function sizeFindings(size: RecordsSize | null): Finding[] {
  if (!size || size.bytes < large) return []
  return [
    problemFinding(
      'records-size',
      'warn',
      `The branch ${recordsBranch} holds ${fmtBytes(size.bytes)} in ${size.runs} runs, which every full clone fetches; \`mlwright prune\` starts a fresh history.`,
    ),
  ]
}
