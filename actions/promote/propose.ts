import type { Config, PackagedImage, Ports, PullRequest } from '@mlwright/domain'
import { stagesPath, writeStage } from '@mlwright/registry'
import { Records } from '@mlwright/tracking'
import { withLease } from '../common/lease.ts'
import { pullRefused } from '../common/pull-refused.ts'
import { readRegistry } from '../common/registry.ts'
import { type CheckedVersion, checkVersion } from './check-version.ts'
import { stageConfig } from './move-stage.ts'
import { publishEvidence } from './publish-evidence.ts'

export interface Proposed {
  readonly model: string
  readonly stage: string
  readonly version: string
  readonly previous: string | null
  /** Null where the stage's file asks for it already, or GitHub Actions may not open pull requests. */
  readonly pull: PullRequest | null
  /** One sentence. */
  readonly message: string
  readonly commentUrl: string | null
  readonly checkUrl: string | null
}

export const promotionBranch = (model: string, stage: string) => `mlwright/promote/${model}-${stage}`

/** The image of a version by its digest, with a link to its page on GitHub where it has one. */
function imageLine({ image }: PackagedImage): string {
  const [repository] = image.split('@')
  return `Image: ${repository!.startsWith('ghcr.io/') ? `[\`${image}\`](https://${repository})` : `\`${image}\``}`
}

function bodyOf(
  ports: Ports,
  { registered, release }: CheckedVersion,
  image: PackagedImage | null,
  stage: string,
  previous: string | null,
): string {
  const from = previous === null ? `${stage} is empty until then` : `${stage} has ${previous} until then`
  return [
    previous === registered.version
      ? `\`${registered.tag}\` is in **${stage}** already; merging this brings the stages file in line.`
      : `Merging this puts \`${registered.tag}\` into **${stage}**; ${from}.`,
    release ? `Release: ${release.url}` : `${registered.version} has no release: another tool registered it.`,
    ...(image ? [imageLine(image)] : []),
    'The comment below compares the two on the same test rows. Where checks are required, a maintainer has to press **Approve workflows to run**, for GitHub starts none for pull requests that a workflow opened.',
    ...(ports.event.run ? [`Opened by ${ports.event.run.url}.`] : []),
  ].join('\n\n')
}

/** Opens or updates the one pull request that asks for a version in a stage, with the evidence on it. */
export async function propose(
  ports: Ports,
  config: Config,
  prefix: string,
  wanted: {
    readonly model: string
    readonly version: string | undefined
    readonly stage: string
    /** The stage was rolled back to it already, and its file has to follow. */
    readonly rolledBack?: boolean
  },
): Promise<Proposed> {
  const { event } = ports
  const { model, stage } = wanted
  stageConfig(config, stage)
  return withLease(ports, `${model}-${stage}`, async (ports) => {
    const { pulls, refs } = ports
    const registry = await readRegistry(ports)
    const checked = await checkVersion(ports, registry, config, model, wanted.version)
    const { version } = checked.registered
    const previous = registry.models.get(model)?.stages.get(stage)?.[0]?.version ?? null
    const facts = { model, stage, version, previous, commentUrl: null, checkUrl: null }
    const base = await refs.resolve(event.defaultBranch)
    const path = prefix + stagesPath(model)
    const known = base && (await refs.read(base, path))
    const old = known ? new TextDecoder().decode(known) : null
    const text = writeStage(old, stage, version)
    if (text === old)
      return { ...facts, pull: null, message: `${model} ${version} is in ${stage}, or merged to go there.` }
    const branch = promotionBranch(model, stage)
    const title = wanted.rolledBack
      ? `Record the rollback of ${model} to ${version} in ${stage}`
      : `Promote ${model} ${version} to ${stage}`
    const files = new Map([[path, new TextEncoder().encode(text)]])
    await refs.commit(branch, title, files, base ? { onto: base } : {})
    if (event.name === 'local')
      return {
        ...facts,
        pull: null,
        message: `The branch ${branch} asks for it; push it and open a pull request: ${title}.`,
      }
    const image = await new Records(refs).image(model, version)
    const body = bodyOf(ports, checked, image, stage, previous)
    const opened = await pulls.open({ branch, base: event.defaultBranch, title, body })
    if (!opened)
      return {
        ...facts,
        pull: null,
        message: pullRefused(event, branch),
      }
    const pull =
      opened.title === title && opened.body === body
        ? opened
        : ((await pulls.edit(opened.number, { title, body })) ?? opened)
    const evidence = await publishEvidence(ports, config, new Records(refs), registry, checked, {
      pull,
      stage,
      previous,
      prefix,
    })
    return {
      ...facts,
      ...evidence,
      pull,
      message: `Pull request #${pull.number}: ${title}.`,
    }
  })
}
