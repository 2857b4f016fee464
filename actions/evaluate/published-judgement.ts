import { Comparison, type Config, Evaluation, type Ports, type Run } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { judgeAgain, verdictOf } from '../common/judge-again.ts'
import { localPaths, readLocal } from '../common/local-records.ts'
import { type Judged, judgement } from './judgement.ts'

/** The judgement of a published run that is used again, by the gates of today; null for a run that is not published, and on a laptop. */
export async function publishedJudgement(
  { event, files }: Pick<Ports, 'event' | 'files'>,
  records: Records,
  config: Config,
  name: string,
  run: Run,
): Promise<Judged | null> {
  const folder = localPaths.run(run.id)
  if (event.name === 'local') return null
  const evaluation = await readLocal(files, Evaluation, run.id, 'evaluation')
  if (!evaluation || !(await records.run(name, run.id))) return null
  const comparison = await readLocal(files, Comparison, run.id, 'comparison')
  const results = judgeAgain(config, name, evaluation, comparison)
  const verdict = verdictOf([results])
  const message = judgement(name, evaluation, verdict, results)
  return { verdict, message, evaluation, path: `${folder}/evaluation.json` }
}
