import type { Route } from '../route.ts'

export const repositoryRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}',
    permissions: ['metadata: read'],
    answer: (_, { owner, name, repositoryId, defaultBranch, private: hidden }) => ({
      status: 200,
      body: {
        id: repositoryId,
        name,
        full_name: `${owner}/${name}`,
        private: hidden,
        default_branch: defaultBranch,
        owner: { login: owner },
      },
    }),
  },
]
