import { spawnSync } from 'node:child_process'
import type { Event } from '@mlwright/domain'

/** What git says, or null where it fails or is not there. */
function ask(folder: string, ...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/** Owner and name in the address of a remote on GitHub, else null. */
export function githubRepository(remote: string): { owner: string; name: string } | null {
  const match =
    /^(?:https?:\/\/(?:[^@/]+@)?github\.com\/|(?:ssh:\/\/)?git@github\.com(?::\d+)?[:/])([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(
      remote.trim(),
    )
  return match ? { owner: match[1]!, name: match[2]! } : null
}

function defaultBranch(folder: string, current: string | null): string {
  const remote = ask(folder, 'symbolic-ref', '--short', '--quiet', 'refs/remotes/origin/HEAD')
  if (remote) return remote.replace(/^origin\//, '')
  const configured = ask(folder, 'config', 'init.defaultBranch')
  for (const branch of [configured, 'main', 'master'])
    if (branch && ask(folder, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`)) return branch
  return current ?? 'main'
}

/** The event of a laptop: the working copy as it stands. */
export function localEvent(folder: string): Event {
  const remote = ask(folder, 'remote', 'get-url', 'origin')
  const commit = ask(folder, 'rev-parse', '--verify', '--quiet', 'HEAD')
  const branch = ask(folder, 'symbolic-ref', '--short', '--quiet', 'HEAD')
  const repository = remote === null ? null : githubRepository(remote)
  return {
    name: 'local',
    // Nothing leaves this machine, so that its owner may see everything.
    repository: repository && { ...repository, id: null, private: true },
    commit,
    branch,
    defaultBranch: defaultBranch(folder, branch),
    headCommit: commit,
    baseCommit: null,
    pullRequest: null,
    origin: null,
    run: null,
    actor: null,
    serverUrl: 'https://github.com',
  }
}
