import { type Ports, type Tag, type Verdict, worst } from '@mlwright/domain'
import { folderPrefix } from '../common/artifact-name.ts'
import { namedVersion, readVersionName } from '../common/named-version.ts'
import { notesOf, type Registry, readRegistry } from '../common/registry.ts'
import { verifyRelease } from '../common/verify-release.ts'
import { configAt } from '../report/rules.ts'
import { broken, type Check, unknown } from './check.ts'
import { modelCheck, sumsChecks } from './file-checks.ts'
import { gateChecks } from './gate-checks.ts'
import { provenanceChecks } from './provenance-checks.ts'
import { recordChecks, releasedRun, runCheck } from './record-checks.ts'
import { commitCheck, lightweightCheck, tagChecks } from './tag-checks.ts'

export interface VerifyInputs {
  /** `churn@v1.4.0`. */
  readonly version: string
  readonly model?: string | undefined
  readonly config: string
  readonly workingDirectory: string
}

/** What holds of a version, and what does not. */
export interface VerifiedVersion {
  readonly model: string
  readonly version: string
  readonly tag: string
  readonly commit: string
  /** Address of its release; null where it has none. */
  readonly release: string | null
  readonly verdict: Verdict
  readonly checks: readonly Check[]
}

function lightweightTag({ tags }: Registry, { version, model }: VerifyInputs): Tag | null {
  const named = readVersionName(version, model)
  return tags.find(({ name, annotated }) => name === `${named.model}@${named.version}` && !annotated) ?? null
}

async function releaseChecks(
  ports: Ports,
  registry: Registry,
  inputs: VerifyInputs,
  { model, tag, commit }: { readonly model: string; readonly tag: string; readonly commit: string },
): Promise<{ release: string | null; checks: Check[] }> {
  const { event, git, refs } = ports
  const note = notesOf(registry)(tag)
  const { release, files } = await verifyRelease(ports, registry, tag)
  if (!release)
    return {
      release: null,
      checks: [
        note
          ? broken('release', `${tag} has no release; run \`register\` for it again.`)
          : unknown('release', `${tag} has no release, so there are no files to verify.`),
      ],
    }
  const sums = sumsChecks({ release, files })
  if (!note) return { release: release.url, checks: sums }
  const prefix = event.name === 'local' ? (await git.head()).prefix : folderPrefix(inputs)
  const config = await configAt(refs, commit, prefix + inputs.config)
  const run = releasedRun(files, tag)
  const said = typeof run === 'string'
  return {
    release: release.url,
    checks: [
      ...sums,
      commitCheck(files, tag, commit),
      modelCheck({ release, files }, note.modelDigest),
      said ? broken('run', run) : runCheck(run, model, note),
      ...(await recordChecks(refs, files, { model, run: note.run })),
      ...provenanceChecks(files, said ? null : run),
      ...gateChecks(files, { model, tag }, config),
    ],
  }
}

/** Downloads a version's release and says of every file and statement whether it holds. */
export async function verifyVersion(inputs: VerifyInputs, ports: Ports): Promise<VerifiedVersion> {
  const registry = await readRegistry(ports)
  const light = registry.models.has(inputs.version) ? null : lightweightTag(registry, inputs)
  if (light) {
    const { model, version } = readVersionName(inputs.version, inputs.model)
    const checks = [lightweightCheck(light)]
    return { model, version, tag: light.name, commit: light.commit, release: null, verdict: 'fail', checks }
  }
  const { model, registered } = namedVersion(registry, inputs.version, inputs.model)
  const { tag, commit, version } = registered
  const written = registry.tags.find(({ name }) => name === tag)
  const note = notesOf(registry)(tag)
  const known = registry.models.get(model)!
  const released = await ports.progress.during(`Verifying ${tag}`, () =>
    releaseChecks(ports, registry, inputs, { model, tag, commit }),
  )
  const checks = [...tagChecks(registered, known, note, written?.tagger ?? null), ...released.checks]
  const verdict = worst(checks.map((check) => check.verdict))
  return { model, version, tag, commit, release: released.release, verdict, checks }
}
