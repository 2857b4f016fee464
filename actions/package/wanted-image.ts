import type { RequestRules } from '@mlwright/domain'
import type { BaseImage, Credentials, ImageReference, Platform } from '@mlwright/oci'

/** An image that is to be made of a model. */
export interface WantedImage {
  /** The model, and its version, as the server says them. */
  readonly name: string
  readonly version: string
  readonly model: { readonly bytes: Uint8Array; readonly digest: string }
  /** What requests have to keep; null where there is no contract. */
  readonly rules: RequestRules | null
  /** Columns whose values no log holds. */
  readonly redact: readonly string[]
  /** Address of the repository that it comes from; null where it is none on GitHub. */
  readonly source: string | null
  /** Where it goes. */
  readonly reference: ImageReference | null
  /** Folder to write it to. */
  readonly layout: string | undefined
  /** `local`, or a published image. */
  readonly base: string
  readonly platforms: readonly Platform[]
  readonly builder: 'mlwright' | 'docker'
  readonly credentials: Credentials | undefined
}

/** How Node.js comes into an image: from this machine, or with a published base. */
export type NodeBase = { readonly kind: 'local' } | { readonly kind: 'published'; readonly image: BaseImage }
