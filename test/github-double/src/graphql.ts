import { authorize } from './access.ts'
import { HttpProblem } from './http-problem.ts'
import type { Answer } from './route.ts'
import type { Account, State } from './state.ts'
import { trigger } from './trigger.ts'

type Variables = Readonly<Record<string, never>>
type Resolver = (variables: Variables, account: Account, state: State) => unknown

/** The questions that are asked in GraphQL, by what is looked for in their text. */
const resolvers: readonly (readonly [RegExp, Resolver])[] = [
  [/^\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/, (_, { login }) => ({ viewer: { login } })],
  [/repository\([^)]*\) \{ id \}/, (_, __, { repositoryId }) => ({ repository: { id: `R_${repositoryId}` } })],
  [/refs\(refPrefix: "refs\/tags\/"/, tagPage],
  [/deployments\(environments:/, deploymentPage],
  [/updateRefs\(input: \$input\)/, updateRefs],
]

export async function graphql(body: unknown, account: Account, state: State): Promise<Answer> {
  const { query = '', variables = {} } = body as { query?: string; variables?: Variables }
  const [, resolver] = resolvers.find(([pattern]) => pattern.test(query)) ?? []
  if (!resolver) throw new HttpProblem(400, `The double knows no such query: ${query}`)
  try {
    return { status: 200, body: { data: await resolver(variables, account, state) } }
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const type = error.status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE'
    return { status: 200, body: { data: null, errors: [{ type, message: error.message, path: [] }] } }
  }
}

function connection<T>(all: readonly T[], after: string | null) {
  const from = after ? Number(Buffer.from(after, 'base64').toString()) : 0
  const endCursor = Buffer.from(String(from + 100)).toString('base64')
  return { nodes: all.slice(from, from + 100), pageInfo: { hasNextPage: from + 100 < all.length, endCursor } }
}

const tagFormat = [
  '%(refname:strip=2)',
  '%(objecttype)',
  '%(objectname)',
  '%(*objecttype)',
  '%(*objectname)',
  '%(taggername)',
  '%(taggerdate:iso-strict)',
  '%(contents)',
].join('%00')

async function tagPage({ after }: Variables, account: Account, state: State) {
  authorize(account, ['contents: read'], state)
  const names = await state.git.run(['for-each-ref', '--format=%(refname)', 'refs/tags'])
  const { nodes, pageInfo } = connection(names.split('\n').filter(Boolean), after ?? null)
  const format = `--format=${tagFormat}%00%01`
  const output = nodes.length > 0 ? await state.git.run(['for-each-ref', format, ...nodes]) : ''
  const tags = output.split('\0\u0001').map(async (record) => {
    const [name, type, oid, peeledType, peeled, tagger, date, message] = record.replace(/^\n/, '').split('\0')
    if (!name) return null
    const nested = peeledType === 'tag' && { target: await peeledCommit(name, state) }
    const target = {
      __typename: title(type!),
      oid,
      ...(type === 'tag' && {
        message,
        tagger: { name: tagger, date },
        target: { __typename: title(peeledType!), oid: peeled, ...nested },
      }),
    }
    return { name, target }
  })
  const found = (await Promise.all(tags)).filter((tag) => tag !== null)
  return { repository: { refs: { nodes: found, pageInfo } } }
}

async function peeledCommit(tag: string, { git }: State) {
  return { __typename: 'Commit', oid: await git.find(`refs/tags/${tag}`, 'commit') }
}

const title = (type: string) => `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`

function deploymentPage({ environment, after }: Variables, account: Account, state: State) {
  authorize(account, ['deployments: read'], state)
  const nodes = state.deployments
    .filter((deployment) => deployment.environment === environment)
    .sort((a, b) => b.id - a.id)
    .map(({ id, commit, description, created, payload, statuses, ...rest }) => ({
      databaseId: id,
      environment: rest.environment,
      commitOid: commit,
      description,
      createdAt: created,
      payload: JSON.stringify(payload),
      latestStatus: statuses.length > 0 ? { state: statuses.at(-1)!.state.toUpperCase() } : null,
    }))
  return { repository: { deployments: connection(nodes, after ?? null) } }
}

interface RefUpdate {
  readonly name: string
  readonly beforeOid: string
  readonly afterOid: string
}

async function updateRefs({ input }: Variables, account: Account, state: State) {
  authorize(account, ['contents: write'], state)
  const { repositoryId, refUpdates } = input as unknown as { repositoryId: string; refUpdates: readonly RefUpdate[] }
  if (repositoryId !== `R_${state.repositoryId}`) throw new HttpProblem(404, 'Could not resolve to a node')
  for (const { name, beforeOid, afterOid } of refUpdates) {
    const rule = state.rulesets.get(name)
    if (rule) throw new HttpProblem(422, `Repository rule violations found\n\n${rule}\n\n`)
    const gone = /^0+$/.test(afterOid)
    const moved = await state.git.attempt(
      gone ? ['update-ref', '-d', name, beforeOid] : ['update-ref', name, afterOid, beforeOid],
    )
    if (moved.code !== 0) throw new HttpProblem(422, `${name} is not at ${beforeOid}`)
    trigger('push', name, account, state)
  }
  return { updateRefs: { clientMutationId: null } }
}
