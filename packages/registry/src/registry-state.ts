import { foldEvents } from './fold-events.ts'
import type { RegistryEvent } from './registry-event.ts'

/** What is where, in gto's words. */
export interface RegistryState {
  /** Models that are not deprecated. */
  readonly models: Readonly<Record<string, RegistryStateModel>>
  readonly deprecated: readonly string[]
}

export interface RegistryStateModel {
  /** The highest active version; null where none is. */
  readonly latest: string | null
  /** Active versions, highest first. */
  readonly versions: readonly { readonly version: string; readonly commit: string }[]
  /** The version in each stage; a commit where its version was never registered. */
  readonly stages: Readonly<Record<string, string>>
}

/** The state after some events, which are oldest first; with `at`, as it was in that second (Unix seconds). */
export function registryState(
  events: readonly RegistryEvent[],
  options: { readonly at?: number | undefined } = {},
): RegistryState {
  const { at = Number.POSITIVE_INFINITY } = options
  const models = [...foldEvents(events.filter((event) => event.at <= at)).values()]
  return {
    models: Object.fromEntries(
      models
        .filter(({ deprecated }) => !deprecated)
        .map(({ name, latest, versions, stages }) => [
          name,
          {
            latest: latest?.version ?? null,
            versions: versions.filter(({ active }) => active).map(({ version, commit }) => ({ version, commit })),
            stages: Object.fromEntries([...stages].map(([stage, [first]]) => [stage, first!.version])),
          },
        ]),
    ),
    deprecated: models.filter(({ deprecated }) => deprecated).map(({ name }) => name),
  }
}
