import type { Ports, Stamp } from '@mlwright/domain'
import type { ModelReport, ReportInput } from '@mlwright/report'
import { type Records, recordFiles, recordsBranch } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'
import { stampOf } from '../common/stamp-of.ts'
import { type Salting, saltingOf, storablePredictions } from '../common/stored-predictions.ts'

/** The files of one run; a published run that is used again keeps its record and gets one more pointer. */
async function filesOf(
  ports: Ports,
  records: Records,
  report: ModelReport,
  stamp: Stamp,
  salting: Salting,
  keepPredictions: boolean,
) {
  const { event, files } = ports
  const { run, evaluation, comparison } = report
  const published = await records.run(run.model, run.id)
  const commit = event.commit ?? (await ports.git.head()).commit
  const branch = event.branch === event.defaultBranch ? event.branch : null
  const predictions = async () =>
    storablePredictions(await files.read(`${localPaths.run(run.id)}/predictions.parquet`), salting, keepPredictions)
  const record = published ?? { run: { ...run, stamp }, evaluation, comparison, predictions: await predictions() }
  return recordFiles({ ...record, commit, branch })
}

/** Writes the runs, and what the baselines gave, to the records branch in one commit. */
export async function saveRecords(
  ports: Ports,
  records: Records,
  input: ReportInput,
  keepPredictions: boolean,
): Promise<void> {
  const { event, files, refs } = ports
  const stamp = stampOf(event, input.pullRequest)
  const salting = await saltingOf(files, records)
  const all = new Map(salting.files)
  for (const report of input.models.filter(({ evaluation }) => evaluation !== null))
    for (const [path, bytes] of await filesOf(ports, records, report, stamp, salting, keepPredictions))
      all.set(path, bytes)
  if (all.size > 0)
    await refs.commit(recordsBranch, `Record ${input.models.map((model) => model.run.id).join(', ')}`, all)
}
