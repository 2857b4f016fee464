import { type Ports, type Release, UserError } from '@mlwright/domain'
import { releaseMarker } from '@mlwright/registry'

export interface ReleaseContent {
  readonly tag: string
  readonly title: string
  readonly body: string
  readonly assets: ReadonlyMap<string, Uint8Array>
  /** Make it the repository's latest release. */
  readonly latest: boolean
}

/** Ours of a tag: what a run before this one published, or began. */
async function found({ releases }: Pick<Ports, 'releases'>, tag: string) {
  const mine = (await releases.list()).filter(
    (release) => release.tag === tag && (!release.draft || release.body.startsWith(releaseMarker(tag))),
  )
  return { published: mine.find(({ draft }) => !draft) ?? null, drafts: mine.filter(({ draft }) => draft) }
}

/** Whether a tag has a published release. */
export async function isReleased(ports: Pick<Ports, 'releases'>, tag: string): Promise<boolean> {
  return (await found(ports, tag)).published !== null
}

/**
 * Publishes a version's release once: a draft that a killed run left is completed, the oldest of several wins and the
 * others are deleted, as is one with a file that this release does not have; a published one stays as it is.
 */
export async function publishRelease(ports: Pick<Ports, 'releases'>, content: ReleaseContent): Promise<Release> {
  const { releases } = ports
  const { tag, title, body, assets, latest } = content
  const fits = ({ assets: there }: Release) => there.every(({ name }) => assets.has(name))
  const before = await found(ports, tag)
  if (!before.published && !before.drafts.some(fits)) await releases.draft({ tag, title, body })
  const { published, drafts } = await found(ports, tag)
  const draft = published ? null : drafts.find(fits)
  for (const other of drafts) if (other !== draft) await releases.discard(other.id)
  if (published) return published
  if (!draft) throw new UserError('API_FAILED', `The draft of the release ${tag} was deleted; run this again.`)
  for (const [name, bytes] of assets) await releases.upload(draft.id, name, bytes)
  return releases.publish(draft.id, latest)
}
