import type { Artifacts } from './artifacts.ts'
import type { Attestations } from './attestations.ts'
import type { Cache } from './cache.ts'
import type { Checks } from './checks.ts'
import type { Clock } from './clock.ts'
import type { Comments } from './comments.ts'
import type { Deployments } from './deployments.ts'
import type { Engine } from './engine.ts'
import type { Event } from './event.ts'
import type { Files } from './files.ts'
import type { Git } from './git.ts'
import type { Issues } from './issues.ts'
import type { NativePackages } from './native-packages.ts'
import type { Process } from './process.ts'
import type { Progress } from './progress.ts'
import type { Pulls } from './pulls.ts'
import type { Refs } from './refs.ts'
import type { PublishedReleases, Releases } from './releases.ts'
import type { Runner } from './runner.ts'
import type { Sessions } from './session.ts'
import type { Tags } from './tags.ts'
import type { Workflows } from './workflows.ts'

/** Everything outside that an action may touch. A port costs nothing until its first use. */
export interface Ports {
  readonly runner: Runner
  readonly event: Event
  readonly files: Files
  readonly engine: Engine
  readonly sessions: Sessions
  readonly git: Git
  readonly refs: Refs
  readonly comments: Comments
  readonly issues: Issues
  readonly checks: Checks
  readonly pulls: Pulls
  readonly tags: Tags
  readonly releases: Releases
  /** Where `releases` holds only what was made on this machine: those of its repository on GitHub. */
  readonly published?: PublishedReleases
  readonly deployments: Deployments
  readonly workflows: Workflows
  readonly cache: Cache
  readonly artifacts: Artifacts
  readonly attestations: Attestations
  readonly process: Process
  readonly natives: NativePackages
  readonly progress: Progress
  readonly clock: Clock
}
