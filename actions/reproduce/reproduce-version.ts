import { type Ports, type Run, UserError, type Verdict } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { namedVersion } from '../common/named-version.ts'
import { notesOf, readRegistry } from '../common/registry.ts'
import { verifyRelease } from '../common/verify-release.ts'
import { versionRecord } from '../common/version-record.ts'
import type { InputDifference } from './input-differences.ts'
import { type TrainedAgain, trainAgain } from './train-again.ts'

export interface ReproduceInputs {
  /** `churn@v1.4.0`. */
  readonly version: string
  readonly model?: string | undefined
  readonly config: string
}

export interface Reproduced {
  readonly model: string
  readonly version: string
  readonly tag: string
  readonly commit: string
  /** Id of the run that was registered. */
  readonly run: string
  readonly verdict: Verdict
  /** One sentence. */
  readonly message: string
  /** Inputs that are not what was recorded; nothing was trained then. */
  readonly differences: readonly InputDifference[]
  /** SHA-256 of the model files; null where training left none. */
  readonly digests: { readonly recorded: string; readonly here: string | null }
  /** The trainer is a program of the repository, which need not be deterministic. */
  readonly command: boolean
  /** Where the version was trained, and where this was; null where it was not recorded. */
  readonly environments: { readonly recorded: Run['environment'] | null; readonly here: Run['environment'] | null }
}

const short = (text: string | null) =>
  text === null ? 'nothing' : /^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : text

const differing = ({ what, recorded, here }: InputDifference) =>
  `${what} (recorded ${short(recorded)}, here ${short(here)})`

function judge(
  tag: string,
  digest: string,
  { command, differences, run }: TrainedAgain,
): Pick<Reproduced, 'verdict' | 'message'> {
  if (differences.length > 0)
    return {
      verdict: 'fail',
      message: `${tag} cannot be reproduced here, for its inputs are not what was recorded: ${differences.map(differing).join(', ')}. Nothing was trained.`,
    }
  if (!run?.model_file)
    return { verdict: 'fail', message: `${tag} was not reproduced: ${run?.failure ?? 'training left no model.'}` }
  if (run.model_file.digest === digest)
    return { verdict: 'pass', message: `${tag} is reproduced: the same bytes (${short(digest)}).` }
  const bytes = `recorded ${short(digest)}, here ${short(run.model_file.digest)}`
  return command
    ? {
        verdict: 'warn',
        message: `${tag} was trained again from the same inputs and gave other bytes (${bytes}); a command need not be deterministic: fix its seeds and threads.`,
      }
    : { verdict: 'fail', message: `${tag} is not reproduced: the same inputs gave other bytes (${bytes}).` }
}

/** Checks a version's commit out, trains there, and says whether the bytes are the same. */
export async function reproduceVersion(inputs: ReproduceInputs, ports: Ports): Promise<Reproduced> {
  const registry = await readRegistry(ports)
  const { model, registered } = namedVersion(registry, inputs.version, inputs.model)
  const { commit, tag, version } = registered
  const note = notesOf(registry)(tag)
  if (!note)
    throw new UserError(
      'RECORD_INVALID',
      `${tag} does not say what the model was trained from, for it was imported or another tool wrote it; only a version that mlwright registered can be reproduced.`,
    )
  if ((await ports.git.parents(commit)) === null)
    throw new UserError(
      'GIT_FAILED',
      `The commit ${commit.slice(0, 8)} of ${tag} is not in this clone; run \`git fetch --unshallow\`, or check out with \`fetch-depth: 0\`.`,
    )
  const records = new Records(ports.refs)
  const stored = await versionRecord(
    registry,
    records,
    { model, tag },
    async () => (await verifyRelease(ports, registry, tag)).files,
  )
  const expected = { model, config: inputs.config, inputDigest: note.inputDigest, run: stored?.run ?? null }
  const again = await ports.progress.during(`Reproducing ${tag}`, () =>
    ports.git.worktree(commit, (copy) => trainAgain(ports, copy, expected)),
  )
  return {
    model,
    version,
    tag,
    commit,
    run: note.run,
    ...judge(tag, note.modelDigest, again),
    differences: again.differences,
    digests: { recorded: note.modelDigest, here: again.run?.model_file?.digest ?? null },
    command: again.command,
    environments: { recorded: stored?.run.environment ?? null, here: again.run?.environment ?? null },
  }
}
