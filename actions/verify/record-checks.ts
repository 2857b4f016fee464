import { type Refs, Run, UserError } from '@mlwright/domain'
import type { RegistrationNote } from '@mlwright/registry'
import { canonicalJson, readRecord, recordPaths, recordsBranch } from '@mlwright/tracking'
import { broken, type Check, holds, unknown } from './check.ts'

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Text of a record that is the same for the same content; null for what is no JSON. */
function content(bytes: Uint8Array): string | null {
  try {
    return canonicalJson(JSON.parse(decode(bytes)))
  } catch {
    return null
  }
}

/** Reads the release's run; the sentence of what is wrong where it cannot be read. */
export function releasedRun(files: ReadonlyMap<string, Uint8Array>, tag: string): Run | string {
  const bytes = files.get('run.json')
  if (!bytes) return 'The release has no run.json.'
  try {
    return readRecord(Run, bytes, `run.json of ${tag}`)
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
}

/** Whether run.json is of the run that the tag names. */
export function runCheck(run: Run, model: string, note: RegistrationNote): Check {
  const differences = [
    ...(run.model === model ? [] : [`the model ${run.model}`]),
    ...(run.id === note.run ? [] : [`the run ${run.id}`]),
    ...(run.input_digest === note.inputDigest ? [] : [`the inputs ${run.input_digest.slice(0, 12)}`]),
    ...(run.model_file?.digest === note.modelDigest ? [] : ['another model file']),
  ]
  return differences.length === 0
    ? holds('run', `run.json is the run ${run.id} that the tag names.`)
    : broken('run', `run.json is of ${differences.join(', ')}, and the tag says otherwise.`)
}

/** Whether the release's records are those of the records branch. */
export async function recordChecks(
  refs: Pick<Refs, 'read' | 'resolve'>,
  files: ReadonlyMap<string, Uint8Array>,
  { model, run }: { readonly model: string; readonly run: string },
): Promise<Check[]> {
  if (!(await refs.resolve(recordsBranch)))
    return [unknown('records', `There is no branch ${recordsBranch} here to compare run.json with; fetch it.`)]
  const checks: Check[] = []
  for (const name of ['run.json', 'evaluation.json']) {
    const path = `${recordPaths.run(model, run)}/${name}`
    const [released, recorded] = [files.get(name), await refs.read(recordsBranch, path)]
    if (!released) checks.push(broken('records', `The release has no ${name}.`))
    else if (!recorded) checks.push(unknown('records', `The branch ${recordsBranch} has no ${path}.`))
    else if (content(released) !== null && content(released) === content(recorded))
      checks.push(holds('records', `${name} is what the branch ${recordsBranch} keeps.`))
    else checks.push(broken('records', `${name} is not what the branch ${recordsBranch} keeps at ${path}.`))
  }
  return checks
}
