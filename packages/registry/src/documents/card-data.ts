import { addressesOf, linked } from './addresses.ts'
import { markdownTable } from './markdown-table.ts'
import { modelFile } from './model-file.ts'
import type { ReleaseFacts } from './release-facts.ts'
import type { Writing } from './writing.ts'

const table = (rows: readonly (readonly [string, string])[]) => markdownTable(['', ''], 'll', rows)

/** The data that the model was trained on and judged by. */
export function dataFacts({ run }: ReleaseFacts, { code, fmtCount }: Writing): string {
  const { name, digest, files, rows, columns } = run.dataset
  return table([
    ['dataset', code(name)],
    [
      'files',
      files
        .slice(0, 10)
        .map((file) => code(file))
        .join(', ') + (files.length > 10 ? ` and ${fmtCount(files.length - 10)} more` : ''),
    ],
    ['digest', code(digest)],
    [
      'rows',
      `${fmtCount(rows)}: ${fmtCount(run.rows.train)} train, ${fmtCount(run.rows.validation)} validation, ${fmtCount(run.rows.test)} test`,
    ],
    ['split', code(JSON.stringify(run.split))],
    ['columns', fmtCount(columns.length)],
    [
      'target',
      `${code(run.target)}${
        run.classes.length > 0
          ? `: ${run.classes
              .slice(0, 20)
              .map((label) => code(label, 40))
              .join(', ')}`
          : ''
      }`,
    ],
  ])
}

/** Every feature with its type and share of importance, the most important ones first. */
export function featureTable({ run }: ReleaseFacts, { code, fmtPercent }: Writing): string {
  const shares = new Map(run.importance.map(({ feature, share }) => [feature, share]))
  const ordered = [...run.features].sort((a, b) => (shares.get(b.name) ?? -1) - (shares.get(a.name) ?? -1))
  return markdownTable(
    ['feature', 'type', 'importance'],
    'llr',
    ordered.map(({ name, type }) => [code(name), type, fmtPercent(shares.get(name) ?? null)]),
  )
}

/** How, from what and by whom the model was made. */
export function trainingFacts(facts: ReleaseFacts, writing: Writing): string {
  const { run } = facts
  const { code, fmtDuration, fmtBytes } = writing
  const { trainingRun, commit } = addressesOf(facts)
  const { digest, bytes } = modelFile(facts)
  const params = Object.entries(run.train.params).map(([name, value]) => code(`${name}=${value}`))
  return table([
    'algorithm' in run.train ? ['algorithm', code(run.train.algorithm)] : ['command', code(run.train.command, 400)],
    ['params', params.length > 0 ? params.join(', ') : 'defaults'],
    ['seed', code(String(run.train.seed))],
    ['script', code(run.code.script, 400)],
    ['trained on commit', `${code(run.code.commit)}${run.code.dirty ? ' with uncommitted changes' : ''}`],
    ['registered commit', linked(code(facts.commit), commit)],
    ['author', code(run.code.author)],
    ['run', linked(code(run.id), trainingRun)],
    ['started', code(run.started)],
    ['duration', fmtDuration(run.seconds.total)],
    ['model file', `ONNX, ${fmtBytes(bytes)}, SHA-256 ${code(digest)}`],
    ['inputs', `digest ${code(run.input_digest)}`],
    [
      'made with',
      `mlwright ${code(run.environment.mlwright, 40)}, Node ${code(run.environment.node, 40)}, ${code(run.environment.platform, 40)}`,
    ],
  ])
}
