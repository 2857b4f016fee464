import type { NewTreeEntry } from '../git-repository.ts'
import { HttpProblem, missing } from '../http-problem.ts'
import type { Route } from '../route.ts'
import type { State } from '../state.ts'

export const gitObjectRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
    permissions: ['contents: read'],
    async answer({ params, query }, state) {
      const sha = await state.git.find(params.tree_sha!, 'tree')
      if (!sha) throw missing()
      const recursive = query.has('recursive')
      const all = await state.git.tree(sha, recursive)
      const tree = recursive ? all.slice(0, state.treeLimit) : all
      return {
        status: 200,
        body: { sha, url: addressOf('trees', sha, state), tree, truncated: tree.length < all.length },
      }
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/git/trees',
    permissions: ['contents: write'],
    async answer({ body }, state) {
      const { tree, base_tree } = body as { tree: readonly NewTreeEntry[]; base_tree?: string }
      if (tree.length === 0) throw new HttpProblem(422, 'Invalid tree info')
      const base = base_tree === undefined ? null : await state.git.find(base_tree, 'tree')
      if (base_tree !== undefined && !base) throw new HttpProblem(404, 'Not Found')
      for (const entry of tree)
        if (entry.sha === null && !(base && (await state.git.has(`${base}:${entry.path}`))))
          throw new HttpProblem(422, 'GitRPC::BadObjectState')
      const sha = await state.git.writeTree(base, tree)
      const entries = await state.git.tree(sha, false)
      return { status: 201, body: { sha, url: addressOf('trees', sha, state), tree: entries, truncated: false } }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
    permissions: ['contents: read'],
    async answer({ params }, state) {
      const sha = await state.git.find(params.file_sha!, 'blob')
      if (!sha) throw missing()
      const bytes = await state.git.blob(sha)
      const content = bytes.toString('base64').replace(/.{60}/g, '$&\n')
      const url = addressOf('blobs', sha, state)
      return { status: 200, body: { sha, node_id: sha, url, size: bytes.length, encoding: 'base64', content } }
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/git/blobs',
    permissions: ['contents: write'],
    async answer({ body }, state) {
      const { content, encoding } = body as { content: string; encoding?: string }
      const sha = await state.git.writeBlob(encoding === 'base64' ? Buffer.from(content, 'base64') : content)
      return { status: 201, body: { sha, url: addressOf('blobs', sha, state) } }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
    permissions: ['contents: read'],
    async answer({ params }, state) {
      const sha = await state.git.find(params.commit_sha!, 'commit')
      if (!sha) throw missing()
      return { status: 200, body: await restGitCommit(sha, state) }
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/git/commits',
    permissions: ['contents: write'],
    async answer({ body }, state) {
      const { message, tree, parents = [] } = body as { message: string; tree: string; parents?: string[] }
      if (!(await state.git.find(tree, 'tree'))) throw new HttpProblem(422, 'Tree SHA does not exist')
      for (const parent of parents)
        if (!(await state.git.find(parent, 'commit')))
          throw new HttpProblem(422, 'Parent SHA does not exist or is not a commit object')
      return { status: 201, body: await restGitCommit(await state.git.writeCommit(tree, message, parents), state) }
    },
  },
]

function addressOf(kind: string, sha: string, { owner, name, url }: State): string {
  return `${url}/repos/${owner}/${name}/git/${kind}/${sha}`
}

async function restGitCommit(sha: string, state: State) {
  const format = '%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B'
  const text = await state.git.run(['show', '-s', `--format=${format}`, sha])
  const [tree = '', parents = '', author, authorMail, authored, committer, committerMail, committed, message] =
    text.split('\0')
  return {
    sha,
    node_id: sha,
    url: addressOf('commits', sha, state),
    html_url: `https://github.com/${state.owner}/${state.name}/commit/${sha}`,
    message,
    tree: { sha: tree, url: addressOf('trees', tree, state) },
    parents: parents
      .split(' ')
      .filter(Boolean)
      .map((parent) => ({ sha: parent, url: addressOf('commits', parent, state), html_url: 'https://github.com/' })),
    author: { name: author, email: authorMail, date: authored },
    committer: { name: committer, email: committerMail, date: committed },
    verification: { verified: true, reason: 'valid', signature: null, payload: null, verified_at: null },
  }
}
