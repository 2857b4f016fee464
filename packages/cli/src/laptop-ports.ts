import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  lazyEngines,
  MemoryArtifacts,
  MemoryAttestations,
  MemoryChecks,
  MemoryComments,
  MemoryDeployments,
  MemoryIssues,
  MemoryPulls,
  MemoryWorkflows,
} from '@mlwright/action'
import { type Clock, type Event, type Ports, type PublishedReleases, type Runner, systemClock } from '@mlwright/domain'
import {
  FolderCache,
  FolderReleases,
  LocalFiles,
  LocalGit,
  LocalRefs,
  LocalTags,
  ShellProcess,
} from '@mlwright/workspace'
import { cageArgument } from './cage-argument.ts'
import type { LiveLine } from './live-line.ts'
import { localEvent } from './local-event.ts'
import { TerminalProgress } from './terminal-progress.ts'

export interface Laptop {
  /** The folder to work in, absolute. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The file that node was started with: natives are looked for beside it, and it is started again to cage SQL. */
  readonly script: string
  readonly runner: Runner
  readonly line: LiveLine
}

/** The system's clock; where SOURCE_DATE_EPOCH says so, one that starts at those Unix seconds, so that the past can be played again. */
function laptopClock({ SOURCE_DATE_EPOCH: epoch }: Laptop['environment']): Clock {
  if (epoch === undefined || !/^\d{1,11}$/.test(epoch)) return systemClock
  const ahead = Number(epoch) * 1000 - Date.now()
  return { ...systemClock, now: () => new Date(Date.now() + ahead) }
}

const realScript = (script: string) => {
  try {
    return realpathSync(script)
  } catch {
    return script
  }
}

const places = ({ environment, script }: Pick<Laptop, 'environment' | 'script'>) => ({
  folder: environment.MLWRIGHT_NATIVES,
  own: realScript(script),
})

/** Loads natives that are installed with this program. */
export async function laptopNatives(laptop: Pick<Laptop, 'environment' | 'script'>) {
  const { nativeLoader } = await import('@mlwright/engines')
  return nativeLoader(places(laptop))
}

async function onnxruntimeFiles(laptop: Laptop, architecture: string) {
  const { nativePackages } = await import('@mlwright/engines')
  return nativePackages(places(laptop)).onnxruntime(architecture)
}

/** The engines, imported at their first use. */
const engines = (laptop: Laptop) =>
  lazyEngines({
    async engine() {
      const { cageEnvironment, duckDb } = await import('@mlwright/engines')
      return duckDb({
        load: await laptopNatives(laptop),
        temporaryFolder: join(tmpdir(), `mlwright-${process.pid}`),
        cage: { script: laptop.script, arguments: [cageArgument], environment: cageEnvironment(laptop.environment) },
      })
    },
    async sessions() {
      const { onnxSessions } = await import('@mlwright/engines')
      return onnxSessions({ load: await laptopNatives(laptop) })
    },
  })

/** The releases on GitHub of the repository that was cloned, loaded at their first use; none where it was not. */
function publishedReleases({ environment }: Laptop, event: () => Event): PublishedReleases {
  const open = async () => {
    const { repository } = event()
    if (!repository) return null
    const { GitHubPublishedReleases } = await import('@mlwright/github/published-releases')
    const api = environment.GITHUB_API_URL || 'https://api.github.com'
    return new GitHubPublishedReleases({ repository, api, token: environment.GH_TOKEN || environment.GITHUB_TOKEN })
  }
  return {
    list: async () => (await open())?.list() ?? [],
    download: async (asset) => (await open())!.download(asset),
  }
}

/** The ports of a laptop: git and files for what GitHub does, memory for what only GitHub has. */
export function laptopPorts(laptop: Laptop): { ports: Ports; close(): Promise<void> } {
  const { folder } = laptop
  const clock = laptopClock(laptop.environment)
  const { engine, sessions, close } = engines(laptop)
  let event: Event | undefined
  const ports: Ports = {
    runner: laptop.runner,
    get event() {
      event ??= localEvent(folder)
      return event
    },
    files: new LocalFiles(folder),
    engine,
    sessions,
    git: new LocalGit(folder),
    refs: new LocalRefs(folder),
    comments: new MemoryComments(),
    issues: new MemoryIssues(),
    checks: new MemoryChecks(),
    pulls: new MemoryPulls(),
    tags: new LocalTags(folder),
    releases: new FolderReleases(new LocalFiles(folder), '.mlwright/releases', () => clock.now()),
    published: publishedReleases(laptop, () => ports.event),
    deployments: new MemoryDeployments(),
    workflows: new MemoryWorkflows(),
    cache: new FolderCache(join(folder, '.mlwright/cache')),
    artifacts: new MemoryArtifacts(),
    attestations: new MemoryAttestations(),
    process: new ShellProcess(laptop.environment),
    natives: { onnxruntime: (architecture) => onnxruntimeFiles(laptop, architecture) },
    progress: new TerminalProgress(laptop.line),
    clock,
  }
  return { ports, close }
}
