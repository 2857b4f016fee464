import type { Account, State } from './state.ts'

/** Remembers an event. What GITHUB_TOKEN does starts nothing but a dispatch, and pull requests of its own wait for an approval. */
export function trigger(event: string, subject: string, account: Account, state: State): void {
  const own = account.login === 'github-actions[bot]'
  if (own && !['workflow_dispatch', 'pull_request'].includes(event)) return
  state.triggers.push({ event, subject, approval: own && event === 'pull_request' })
}
