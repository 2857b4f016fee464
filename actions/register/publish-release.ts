import type { Ports, Release } from '@mlwright/domain'
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

/**
 * Publishes a version's release once: a draft that a killed run left is completed, the oldest of several wins and the
 * others are deleted, and a published one stays as it is.
 */
export async function publishRelease(ports: Pick<Ports, 'releases'>, content: ReleaseContent): Promise<Release> {
  const { releases } = ports
  const { tag, title, body, assets, latest } = content
  const before = await found(ports, tag)
  if (!before.published && before.drafts.length === 0) await releases.draft({ tag, title, body })
  const { published, drafts } = await found(ports, tag)
  const [oldest, ...others] = drafts
  for (const draft of published ? drafts : others) await releases.discard(draft.id)
  if (published) return published
  for (const [name, bytes] of assets) await releases.upload(oldest!.id, name, bytes)
  return releases.publish(oldest!.id, latest)
}
