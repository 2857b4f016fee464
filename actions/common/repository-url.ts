import type { Event } from '@mlwright/domain'

/** `https://github.com/acme/telco`, or null outside GitHub. */
export function repositoryUrl({ repository, serverUrl }: Pick<Event, 'repository' | 'serverUrl'>): string | null {
  return repository && `${serverUrl}/${repository.owner}/${repository.name}`
}
