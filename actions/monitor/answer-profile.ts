import { openDataset, profileTable, quoteName, quoteText } from '@mlwright/data'
import type { Ports, Profile } from '@mlwright/domain'
import type { StoredRun } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'

/** SQL of a class that a stored row was given: the tool's own decision, a score of at least the threshold, or the highest score. */
function decision({ run, evaluation }: StoredRun, columns: ReadonlySet<string>): string | null {
  const { classes } = run
  if (columns.has('decision')) return 'decision'
  const score = (name: string) => quoteName(`score_${name}`)
  if (!classes.every((name) => columns.has(`score_${name}`))) return null
  if (classes.length === 2) {
    const [no, yes] = classes as [string, string]
    return `CASE WHEN ${score(yes)} >= ${evaluation?.threshold ?? 0.5} THEN ${quoteText(yes)} ELSE ${quoteText(no)} END`
  }
  const highest = `greatest(${classes.map(score).join(', ')})`
  return `CASE ${classes.map((name) => `WHEN ${score(name)} = ${highest} THEN ${quoteText(name)}`).join(' ')} END`
}

/**
 * The profile of what a released model answered on its test rows, and of their labels, as the records keep them: columns
 * `prediction`, `label` and, of classifiers, `score` as a prediction log has it. Null where they are not stored.
 */
export async function answerProfile(
  { engine, files }: Pick<Ports, 'engine' | 'files'>,
  stored: StoredRun,
): Promise<Profile | null> {
  const { run, predictions } = stored
  if (!predictions) return null
  const path = `${localPaths.run(run.id)}/predictions.parquet`
  await files.write(path, predictions)
  const opened = await openDataset(engine, {
    name: 'answers',
    files: [{ path, absolute: files.absolute(path), oid: run.id }],
  })
  const there = new Set(opened.dataset.columns.map(({ name }) => name))
  const classifier = run.classes.length > 0
  const given = classifier ? decision(stored, there) : there.has('prediction') ? 'prediction' : null
  const scores = run.classes.map((name) => `score_${name}`).filter((name) => there.has(name))
  const score = scores.length === 2 ? quoteName(scores[1]!) : `greatest(${scores.map(quoteName).join(', ')})`
  const text = classifier ? ('string' as const) : ('number' as const)
  const columns = [
    ...(given === null ? [] : [{ name: 'prediction', type: text, sql: given }]),
    ...(there.has('label') ? [{ name: 'label', type: text, sql: 'label' }] : []),
    ...(classifier && scores.length >= 2 ? [{ name: 'score', type: 'number' as const, sql: score }] : []),
  ]
  if (columns.length === 0) return null
  const as = (type: 'string' | 'number') => (type === 'string' ? 'VARCHAR' : 'DOUBLE')
  const select = columns.map(({ name, type, sql }) => `CAST(${sql} AS ${as(type)}) AS ${name}`)
  return profileTable(engine, {
    ...opened,
    from: `(SELECT ${select.join(', ')} FROM ${opened.from})`,
    dataset: { ...opened.dataset, columns: columns.map(({ name, type }) => ({ name, type })) },
  })
}
