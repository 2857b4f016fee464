import type { Files, Ports, Run, Stamp } from '@mlwright/domain'
import type { ModelReport, ReportInput } from '@mlwright/report'
import { type Records, recordFiles, recordPaths, recordsBranch } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'

/** Larger predictions stay in the artifact. */
const largestPredictions = 2 ** 20

async function predictionsOf(files: Files, run: Run, sameSalt: boolean): Promise<Uint8Array | null> {
  const bytes = await files.read(`${localPaths.run(run.id)}/predictions.parquet`)
  return bytes && sameSalt && bytes.length <= largestPredictions ? bytes : null
}

/** The files of one run; a published run that is used again keeps its record and gets one more pointer. */
async function filesOf(
  ports: Ports,
  records: Records,
  report: ModelReport,
  stamp: Stamp,
  sameSalt: boolean,
  keepPredictions: boolean,
) {
  const { event, files } = ports
  const { run, evaluation, comparison } = report
  const published = await records.run(run.model, run.id)
  const commit = event.commit ?? (await ports.git.head()).commit
  const branch = event.branch === event.defaultBranch ? event.branch : null
  const record = published ?? {
    run: { ...run, stamp },
    evaluation,
    comparison,
    predictions: keepPredictions ? await predictionsOf(files, run, sameSalt) : null,
  }
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
  const here = new TextDecoder().decode((await files.read(localPaths.salt)) ?? new Uint8Array()).trim()
  const known = await records.salt()
  const stamp: Stamp = {
    workflow_run: event.run?.id ?? null,
    attempt: event.run?.attempt ?? null,
    pull_request: input.pullRequest,
    fork: false,
    actor: event.actor,
  }
  const all = new Map<string, Uint8Array>()
  if (!known && here) all.set(recordPaths.salt, new TextEncoder().encode(`${here}\n`))
  for (const report of input.models.filter(({ evaluation }) => evaluation !== null))
    for (const [path, bytes] of await filesOf(ports, records, report, stamp, !known || known === here, keepPredictions))
      all.set(path, bytes)
  if (all.size > 0)
    await refs.commit(recordsBranch, `Record ${input.models.map((model) => model.run.id).join(', ')}`, all)
}
