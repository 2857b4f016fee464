import type { Release, ReleaseAsset } from '@mlwright/domain'

/** A file of a release as the REST API has it. */
export interface RestAsset {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly state: string
  readonly digest?: string | null
}

/** A release as the REST API has it. */
export interface RestRelease {
  readonly id: number
  readonly tag_name: string
  readonly name: string | null
  readonly body?: string | null
  readonly draft: boolean
  readonly html_url: string
  readonly published_at: string | null
  readonly assets: readonly RestAsset[]
}

export function assetOf({ id, name, size, state, digest }: RestAsset): ReleaseAsset {
  return { id, name, bytes: size, sha256: digest?.replace(/^sha256:/, '') ?? null, complete: state === 'uploaded' }
}

export function releaseOf(release: RestRelease): Release {
  return {
    id: release.id,
    tag: release.tag_name,
    title: release.name ?? '',
    body: release.body ?? '',
    draft: release.draft,
    url: release.html_url,
    publishedAt: release.published_at && !release.draft ? Date.parse(release.published_at) / 1000 : null,
    assets: release.assets.map(assetOf),
  }
}
