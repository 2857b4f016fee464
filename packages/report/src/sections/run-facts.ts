import type { Run } from '@mlwright/domain'
import { type Block, details, table } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { link } from '../link.ts'
import { fmtBytes, fmtCount, fmtDuration, fmtNumber } from '../numbers.ts'

const sha = /^[0-9a-f]{7,64}$/

/** A commit's short name, linked where the repository is known. */
export function commitLink(commit: string | null, context: Context): string {
  if (commit === null) return 'no commit'
  const url = context.repository !== null && sha.test(commit) ? `${context.repository}/commit/${commit}` : null
  return link(code(commit.slice(0, 7)), url)
}

function rowsOf(run: Run, context: Context, modelUrl: string | null): (readonly [string, string])[] {
  const { stamp, code: source, environment } = run
  const { mlwright, node, platform, cpus } = environment
  const file = run.model_file
  const reported = Object.entries(run.reported_metrics).slice(0, 20)
  return [
    ['started by', code(stamp?.actor ?? source.author)],
    ['author', code(source.author)],
    ['commit', `${commitLink(source.commit, context)}${source.dirty ? ' with uncommitted changes' : ''}`],
    ['script', code(source.script)],
    ['started', code(run.started)],
    [
      'duration',
      `${fmtDuration(run.seconds.total)}, of which fitting ${fmtDuration(run.seconds.fit)}${run.cache_hit ? ' (restored from the cache, not trained again)' : ''}`,
    ],
    [
      'rows',
      `${fmtCount(run.rows.train)} train, ${fmtCount(run.rows.validation)} validation, ${fmtCount(run.rows.test)} test`,
    ],
    ['features', fmtCount(run.features.length)],
    [
      'model',
      file === null
        ? 'none'
        : `${link('ONNX', modelUrl)}, ${fmtBytes(file.bytes)}, digest ${code(file.digest.slice(0, 12))}`,
    ],
    ['inputs', `digest ${code(run.input_digest.slice(0, 12))}`],
    [
      'environment',
      `mlwright ${code(mlwright, 20)}, Node ${code(node, 20)}, ${code(platform, 40)}, ${fmtCount(cpus)} CPUs`,
    ],
    ['run', code(run.id)],
    ...(reported.length > 0
      ? [
          [
            'reported by the script, not judged',
            reported.map(([name, value]) => `${code(name, 40)} ${fmtNumber(value)}`).join(', '),
          ] as const,
        ]
      : []),
  ]
}

/** Who, commit, script, durations, size and environment, as a table. */
export function runTable(run: Run, context: Context, modelUrl: string | null): Block {
  return table(['', ''], 'll', rowsOf(run, context, modelUrl))
}

/** The same, folded. */
export function runFacts(run: Run, context: Context, modelUrl: string | null): Block {
  return details('Who, when, how long and where', [runTable(run, context, modelUrl)])
}
