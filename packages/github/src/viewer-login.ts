import type { GitHubApi } from './github-api.ts'

/** The name of the account that the token belongs to, such as `github-actions[bot]`. */
export async function viewerLogin(api: GitHubApi, permission: string): Promise<string> {
  const { viewer } = await api.ask({ doing: 'say whose token this is', permission }, (octokit) =>
    octokit.graphql<{ viewer: { login: string } }>('{ viewer { login } }'),
  )
  return viewer.login
}
