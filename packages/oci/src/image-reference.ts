import { UserError } from '@mlwright/domain'
import type { Digest } from './blob.ts'

/** Where an image goes: `ghcr.io/acme/churn:v1.4.0`. */
export interface ImageReference {
  readonly registry: string
  readonly repository: string
  readonly tag: string
  /** False for a registry of this machine, which speaks plain HTTP. */
  readonly secure: boolean
}

/** An image that can never change: `ghcr.io/acme/node@sha256:...`. */
export interface PinnedReference extends Omit<ImageReference, 'tag'> {
  readonly digest: Digest
}

const repository = /[a-z0-9]+(?:[._/-]+[a-z0-9]+)*/.source
const pattern = new RegExp(`^([A-Za-z0-9.-]+(?::\\d+)?)/(${repository})(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?$`)
const local = /^(localhost|127(\.\d+){3})(:\d+)?$/

/** Docker Hub's registry has another host than its name. */
const hub = 'registry-1.docker.io'

/** Reads a reference; without a tag it is `latest`. Throws `UserError` INPUT_INVALID. */
export function parseReference(text: string): ImageReference {
  const match = pattern.exec(text)
  if (!match)
    throw new UserError(
      'INPUT_INVALID',
      `The image ${text} is no reference; write registry, repository in lower case, and tag, such as \`ghcr.io/acme/churn:v1.4.0\`.`,
    )
  const [, registry, repository, tag = 'latest'] = match
  return { registry: registry!, repository: repository!, tag, secure: !local.test(registry!) }
}

/** Reads a base image as Docker does: `node:24-slim` is of Docker Hub. The digest is null where none is given. Throws `UserError` INPUT_INVALID. */
export function parseBase(text: string): ImageReference & { readonly digest: Digest | null } {
  const [name = '', digest] = text.split('@')
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new UserError('INPUT_INVALID', `The digest of the base image ${text} is none; it is sha256: and 64 digits.`)
  const first = name.split('/')[0]!
  const whole = name.includes('/') && /[.:]|^localhost$/.test(first)
  const full = whole ? name : `docker.io/${name.includes('/') ? name : `library/${name}`}`
  return { ...parseReference(full), digest: (digest as Digest | undefined) ?? null }
}

/** Where the registry of a reference answers. */
export function apiOrigin({ registry, secure }: Pick<ImageReference, 'registry' | 'secure'>): string {
  return `${secure ? 'https' : 'http'}://${registry === 'docker.io' ? hub : registry}`
}
