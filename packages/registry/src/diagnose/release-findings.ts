import type { Finding, Release, Tag } from '@mlwright/domain'
import type { RegistryModel } from '../fold-events.ts'
import { parseTag } from '../parse-tag.ts'
import { readSums } from '../read-sums.ts'
import { registrationNote } from '../registration-note.ts'
import { problemFinding } from './problem-finding.ts'

/** A release, and the text of its SHA256SUMS where it was read. */
export interface ReadRelease extends Release {
  readonly sums?: string | null
}

const sumsName = 'SHA256SUMS'

/** A release is a model's when its tag registers a version: `churn@v1.4.0`. */
function released(tag: string): string | null {
  const said = parseTag(tag)
  return said?.event === 'registration' ? `${said.model}@${said.version}` : null
}

function assetFindings({ tag, draft, assets, sums }: ReadRelease, registered: string | undefined): Finding[] {
  const wanted = new Map(sums ? readSums(sums) : [])
  if (registered !== undefined) wanted.set('model.onnx', registered)
  const missing = [...wanted.keys()].filter((name) => !draft && !assets.some((asset) => asset.name === name))
  const gone = missing.map((name) =>
    problemFinding(
      'asset-missing',
      'fail',
      `${name} of the release ${tag} is gone; do not use this version, and register a new one.`,
    ),
  )
  const wrong = assets.flatMap(({ name, sha256, complete }) => {
    const digest = wanted.get(name)
    if (!complete)
      return [
        problemFinding(
          'asset-incomplete',
          'fail',
          `${name} of the release ${tag} was not uploaded to its end; delete the release and register again.`,
        ),
      ]
    if (sha256 === null || digest === sha256 || (digest === undefined && (!sums || name === sumsName))) return []
    const found = digest ? `has the digest ${sha256}, and ${digest} was registered` : `is not in ${sumsName}`
    return [
      problemFinding(
        'asset-digest',
        'fail',
        `${name} of the release ${tag} ${found}; do not use this version, and register a new one.`,
      ),
    ]
  })
  return [...gone, ...wrong]
}

function unfinished(tag: string, draft: boolean): Finding {
  const what = draft ? `The release of ${tag} is still a draft` : `The tag ${tag} has no release`
  return problemFinding(
    'tag-without-release',
    'warn',
    `${what}; run \`register\` at its commit again, which completes it.`,
  )
}

/** One finding for all versions of a model that another tool registered, which may be very many. */
function unknownFiles([first, ...others]: readonly string[]): Finding {
  const what =
    others.length > 0
      ? `The tag ${first} and ${others.length} more of its model have no release, for another tool registered them`
      : `The tag ${first} has no release, for another tool registered it`
  return problemFinding(
    'tag-without-release',
    'warn',
    `${what}; files can be checked from the next version on that \`register\` makes.`,
  )
}

/** What is wrong between tags and releases. */
export function releaseFindings(
  tags: readonly Tag[],
  models: ReadonlyMap<string, RegistryModel>,
  releases: readonly ReadRelease[],
): Finding[] {
  const tagged = new Set(tags.map(({ name }) => released(name)))
  const ours = releases.filter(({ tag }) => released(tag) !== null)
  const without = ours
    .filter(({ tag }) => !tagged.has(released(tag)))
    .map(({ tag, draft, url }) =>
      problemFinding(
        'release-without-tag',
        'fail',
        `The ${draft ? 'draft' : 'release'} ${tag} has no tag, so no version is registered; register the version again or delete ${url}.`,
      ),
    )
  const notes = new Map(tags.map(({ name, message }) => [released(name), registrationNote(message)]))
  const published = new Set(ours.filter(({ draft }) => !draft).map(({ tag }) => released(tag)))
  const drafted = new Set(ours.map(({ tag }) => released(tag)))
  const missing = [...models.values()].flatMap(({ name, versions }) => {
    const unreleased = versions.filter(({ active, version }) => active && !published.has(`${name}@${version}`))
    const noted = unreleased.filter(({ version }) => notes.get(`${name}@${version}`))
    const foreign = unreleased.filter((version) => !noted.includes(version)).map(({ tag }) => tag)
    return [
      ...noted.map(({ version, tag }) => unfinished(tag, drafted.has(`${name}@${version}`))),
      ...(foreign.length > 0 ? [unknownFiles(foreign)] : []),
    ]
  })
  const assets = ours.flatMap((release) => assetFindings(release, notes.get(released(release.tag))?.modelDigest))
  return [...without, ...missing, ...assets]
}
