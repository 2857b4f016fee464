import { type Files, Run, UserError } from '@mlwright/domain'
import { isRunId, readRecord } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'

/** The run that an id or a path of a run.json names. */
export async function chooseRun(files: Files, run: string): Promise<Run> {
  const path = isRunId(run) ? `${localPaths.run(run)}/run.json` : run
  const bytes = await files.read(path)
  if (bytes) return readRecord(Run, bytes, path)
  throw new UserError(
    'FILE_MISSING',
    `There is no run at ${path}; give the output \`run\` of the action \`train\`, or a run id.`,
  )
}
