import { HttpProblem, missing } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State } from '../state.ts'
import { trigger } from '../trigger.ts'

export const gitRefRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/git/ref/{ref}',
    permissions: ['contents: read'],
    async answer({ params }, state) {
      const sha = await state.git.readRef(`refs/${params.ref}`)
      if (!sha) throw missing()
      return { status: 200, body: await restRef(`refs/${params.ref}`, sha, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
    permissions: ['contents: read'],
    async answer(request, state) {
      const lines = await state.git.run(['for-each-ref', '--format=%(objectname) %(refname)'])
      const found = lines.split('\n').map((line) => line.split(' ') as [string, string])
      const matching = found.filter(([, ref]) => ref?.startsWith(`refs/${request.params.ref}`))
      const refs = await Promise.all(matching.map(([sha, ref]) => restRef(ref, sha, state)))
      return page(request, refs)
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/git/refs',
    permissions: ['contents: write'],
    async answer({ body, account }, state) {
      const { ref, sha } = body as { ref: string; sha: string }
      if (!/^refs\/[^/]+\/./.test(ref))
        throw new HttpProblem(422, 'Reference name must start with refs and have two slashes')
      if (!(await state.git.has(sha))) throw new HttpProblem(422, 'Object does not exist')
      refuse(state, ref)
      if (!(await state.git.setRef(ref, sha, null))) throw new HttpProblem(422, 'Reference already exists')
      trigger('push', ref, account, state)
      return { status: 201, body: await restRef(ref, sha, state) }
    },
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
    permissions: ['contents: write'],
    async answer({ params, body, account }, state) {
      const { sha, force = false } = body as { sha: string; force?: boolean }
      const ref = `refs/${params.ref}`
      const old = await state.git.readRef(ref)
      if (!old) throw new HttpProblem(422, 'Reference does not exist')
      refuse(state, ref)
      protect(state, ref)
      if (!force && !(await state.git.isAncestor(old, sha))) throw new HttpProblem(422, 'Update is not a fast forward')
      if (!(await state.git.setRef(ref, sha, old))) throw new HttpProblem(422, 'Update is not a fast forward')
      trigger('push', ref, account, state)
      return { status: 200, body: await restRef(ref, sha, state) }
    },
  },
  {
    operation: 'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
    permissions: ['contents: write'],
    async answer({ params }, state) {
      const old = await state.git.readRef(`refs/${params.ref}`)
      if (!old) throw new HttpProblem(422, 'Reference does not exist')
      protect(state, `refs/${params.ref}`)
      await state.git.run(['update-ref', '-d', `refs/${params.ref}`, old])
      return { status: 204 }
    },
  },
]

/** The tag of an immutable release stays. */
function protect({ releases }: State, ref: string): void {
  if (releases.some(({ immutable, tag }) => immutable && ref === `refs/tags/${tag}`))
    throw new HttpProblem(422, 'Cannot change a tag of an immutable release')
}

function refuse({ rulesets }: State, ref: string): void {
  const rule = rulesets.get(ref)
  if (rule) throw new HttpProblem(422, `Repository rule violations found\n\n${rule}\n\n`)
}

async function restRef(ref: string, sha: string, { git, owner, name, url }: State) {
  const type = await git.kindOf(sha)
  const address = `${url}/repos/${owner}/${name}/git`
  return { ref, node_id: ref, url: `${address}/${ref}`, object: { type, sha, url: `${address}/${type}s/${sha}` } }
}
