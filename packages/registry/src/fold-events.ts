import { compareVersions } from './compare-versions.ts'
import type { RegistryEvent } from './registry-event.ts'

/** A version that a tag registered, at one commit. */
export interface RegisteredVersion {
  readonly version: string
  readonly commit: string
  /** The newest tag that registered it, and its Unix seconds. */
  readonly tag: string
  readonly at: number
  /** False after a deregistration. */
  readonly active: boolean
}

/** A stage that a version holds. */
export interface Assignment {
  /** The commit where no version is registered at it. */
  readonly version: string
  readonly commit: string
  /** The newest tag that assigned it, and its Unix seconds. */
  readonly tag: string
  readonly at: number
}

export interface RegistryModel {
  readonly name: string
  readonly deprecated: boolean
  /** The highest active version. */
  readonly latest: RegisteredVersion | null
  /** Highest first, deregistered ones too. */
  readonly versions: readonly RegisteredVersion[]
  /** Active assignments by stage, newest first: the first is in the stage, the second takes over when it is unassigned. */
  readonly stages: ReadonlyMap<string, readonly Assignment[]>
}

interface Commit {
  readonly versions: Map<string, RegisteredVersion>
  readonly stages: Map<string, { readonly at: number; readonly tag: string; readonly active: boolean }>
}

interface Events {
  readonly commits: Map<string, Commit>
  deprecated: boolean
}

function take({ commits }: Events, { at, event, version, stage, commit, tag }: RegistryEvent): void {
  let here = commits.get(commit)
  if (!here) {
    here = { versions: new Map(), stages: new Map() }
    commits.set(commit, here)
  }
  switch (event) {
    case 'registration':
      here.versions.delete(version!)
      here.versions.set(version!, { version: version!, commit, tag, at, active: true })
      break
    case 'deregistration':
      here.versions.set(version!, {
        ...(here.versions.get(version!) ?? { version: version!, commit, tag, at }),
        active: false,
      })
      break
    case 'assignment':
    case 'unassignment':
      here.stages.set(stage!, { at, tag, active: event === 'assignment' })
  }
}

/** Who holds the stages of a commit: its newest active version, the commit itself where none was ever registered, or nobody. */
function holder(commit: string, { versions }: Commit): { version: string; at: number } | null {
  if (versions.size === 0) return { version: commit, at: Number.POSITIVE_INFINITY }
  return [...versions.values()].findLast(({ active }) => active) ?? null
}

function model(name: string, { commits, deprecated }: Events): RegistryModel {
  const versions = [...commits.values()]
    .flatMap((commit) => [...commit.versions.values()])
    .sort((a, b) => compareVersions(b.version, a.version) || b.at - a.at)
  const held = new Map<string, (Assignment & { readonly since: number })[]>()
  for (const [commit, here] of commits) {
    const by = holder(commit, here)
    if (!by) continue
    for (const [stage, { at, tag, active }] of here.stages) {
      if (!active) continue
      const others = held.get(stage)
      const assignment = { version: by.version, commit, tag, at, since: by.at }
      if (others) others.push(assignment)
      else held.set(stage, [assignment])
    }
  }
  const stages = [...held]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stage, assignments]) => {
      // Within one second gto gives the stage to the version that is older.
      assignments.sort((a, b) => b.at - a.at || (a.since === b.since ? 0 : a.since - b.since))
      return [stage, assignments.map(({ since: _, ...assignment }) => assignment)] as const
    })
  return {
    name,
    deprecated,
    latest: versions.find(({ active }) => active) ?? null,
    versions,
    stages: new Map(stages),
  }
}

/**
 * Every model after some events, which are oldest first. As in gto a version lives at its commit, and stages belong to
 * the commit: a version that is registered again elsewhere does not get its stages back.
 */
export function foldEvents(events: Iterable<RegistryEvent>): ReadonlyMap<string, RegistryModel> {
  const models = new Map<string, Events>()
  for (const event of events) {
    let known = models.get(event.model)
    if (!known) {
      known = { commits: new Map(), deprecated: false }
      models.set(event.model, known)
    }
    known.deprecated = event.event === 'deprecation'
    if (event.event !== 'deprecation') take(known, event)
  }
  return new Map(
    [...models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, events]) => [name, model(name, events)] as const),
  )
}
