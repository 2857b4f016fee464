import { UserError } from '@mlwright/domain'

/** Where an image goes: `ghcr.io/acme/churn:v1.4.0`. */
export interface ImageReference {
  readonly registry: string
  readonly repository: string
  readonly tag: string
  /** False for a registry of this machine, which speaks plain HTTP. */
  readonly secure: boolean
}

const pattern = /^([A-Za-z0-9.-]+(?::\d+)?)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?$/
const local = /^(localhost|127(\.\d+){3})(:\d+)?$/

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
