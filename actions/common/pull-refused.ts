import type { Event } from '@mlwright/domain'
import { repositoryUrl } from './repository-url.ts'

/** Says how a branch of ours becomes a pull request where the token may open none. */
export function pullRefused(event: Event, branch: string): string {
  const compare = `${repositoryUrl(event) ?? ''}/compare/${event.defaultBranch}...${branch}?expand=1`
  return `GitHub Actions may not open pull requests here: open it at ${compare}, or allow it under Settings, Actions, General, "Allow GitHub Actions to create and approve pull requests".`
}
