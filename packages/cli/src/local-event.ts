import { execFile } from 'node:child_process'
import type { Event } from '@mlwright/domain'

/** What git says, or null where it fails or is not there. */
function ask(folder: string, ...args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('git', args, { cwd: folder }, (error, stdout) => resolve(error ? null : stdout.trim()))
  })
}

/** Owner and name in the address of a remote on GitHub, else null. */
export function githubRepository(remote: string): { owner: string; name: string } | null {
  const match =
    /^(?:https?:\/\/(?:[^@/]+@)?github\.com\/|(?:ssh:\/\/)?git@github\.com(?::\d+)?[:/])([^/]+)\/([^/]+?)(?:\.git)?\/?$/.exec(
      remote.trim(),
    )
  return match ? { owner: match[1]!, name: match[2]! } : null
}

async function defaultBranch(folder: string, current: string | null): Promise<string> {
  const remote = await ask(folder, 'symbolic-ref', '--short', '--quiet', 'refs/remotes/origin/HEAD')
  if (remote) return remote.replace(/^origin\//, '')
  const configured = await ask(folder, 'config', 'init.defaultBranch')
  for (const branch of [configured, 'main', 'master'])
    if (branch && (await ask(folder, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`))) return branch
  return current ?? 'main'
}

/** The event of a laptop: the working copy as it stands. */
export async function localEvent(folder: string): Promise<Event> {
  const [remote, commit, branch] = await Promise.all([
    ask(folder, 'remote', 'get-url', 'origin'),
    ask(folder, 'rev-parse', '--verify', '--quiet', 'HEAD'),
    ask(folder, 'symbolic-ref', '--short', '--quiet', 'HEAD'),
  ])
  const repository = remote === null ? null : githubRepository(remote)
  return {
    name: 'local',
    // Nothing leaves this machine, so that its owner may see everything.
    repository: repository && { ...repository, id: null, private: true },
    commit,
    branch,
    defaultBranch: await defaultBranch(folder, branch),
    headCommit: commit,
    baseCommit: null,
    pullRequest: null,
    origin: null,
    run: null,
    actor: null,
    serverUrl: 'https://github.com',
  }
}
