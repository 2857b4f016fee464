import { nearest, UserError } from '@mlwright/domain'
import { isModelName, isVersion, type RegisteredVersion } from '@mlwright/registry'
import type { Registry } from './registry.ts'
import { unknownModel } from './unknown-model.ts'

/** A model and one of its versions, as they are written: `churn@v1.4.0`. */
export interface VersionName {
  readonly model: string
  readonly version: string
}

/** A version that is registered. */
export interface NamedVersion {
  readonly model: string
  readonly registered: RegisteredVersion
}

/**
 * Reads `churn@v1.4.0`; with a model at hand the version may stand alone.
 * @throws UserError INPUT_INVALID with what was written and how it is to be.
 */
export function readVersionName(text: string, model?: string): VersionName {
  const at = text.lastIndexOf('@')
  const [name, version] =
    at < 0 && model !== undefined ? [model, text] : [text.slice(0, Math.max(at, 0)), text.slice(at + 1)]
  if (isModelName(name) && isVersion(version)) return { model: name, version }
  const guess = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version)
  const whole = isModelName(name) && guess ? `${name}@v${guess.slice(1).map(Number).join('.')}` : null
  throw new UserError(
    'INPUT_INVALID',
    `"${text}" names no version; ${whole ? `did you mean ${whole}?` : 'write model and version, such as churn@v1.4.0.'}`,
  )
}

/**
 * The registered version that a text such as `churn@v1.4.0` names, the active one where a name was used twice.
 * @throws UserError INPUT_INVALID where there is none, with the nearest one that there is.
 */
export function namedVersion(registry: Registry, text: string, model?: string): NamedVersion {
  const known = registry.models
  const latest = known.get(text)?.latest
  if (latest && model === undefined)
    throw new UserError(
      'INPUT_INVALID',
      `"${text}" is a model; name a version of it, such as ${text}@${latest.version}.`,
    )
  const named = readVersionName(text, model)
  const found = known.get(named.model)
  if (!found) throw unknownModel(named.model, known.keys())
  const same = found.versions.filter(({ version }) => version === named.version)
  const registered = same.find(({ active }) => active) ?? same[0]
  if (registered) return { model: named.model, registered }
  const versions = [...new Set(found.versions.map(({ version }) => version))]
  const near = nearest(named.version, versions) ?? found.latest?.version ?? versions[0]
  throw new UserError(
    'INPUT_INVALID',
    near === undefined
      ? `No version of ${named.model} is registered; the action \`register\` makes the first one.`
      : `${named.model} has no version ${named.version}; did you mean ${named.model}@${near}?`,
  )
}
