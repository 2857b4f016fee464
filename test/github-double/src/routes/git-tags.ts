import { HttpProblem, missing } from '../http-problem.ts'
import type { Route } from '../route.ts'
import type { State } from '../state.ts'

export const gitTagRoutes: readonly Route[] = [
  {
    operation: 'POST /repos/{owner}/{repo}/git/tags',
    permissions: ['contents: write'],
    async answer({ body }, state) {
      const { tag, message, object, type } = body as { tag: string; message: string; object: string; type: string }
      if (!/^[0-9a-f]{40}$/.test(object) || !(await state.git.has(object)))
        throw new HttpProblem(422, `Object ${object} does not exist`)
      const tagger = `github-actions[bot] <bot@example.com> ${Math.floor(Date.now() / 1000)} +0000`
      const text = `object ${object}\ntype ${type}\ntag ${tag}\ntagger ${tagger}\n\n${message}\n`
      const sha = await state.git.run(['mktag', '--no-strict'], text)
      return { status: 201, body: await restTag(sha, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/git/tags/{tag_sha}',
    permissions: ['contents: read'],
    async answer({ params }, state) {
      const found = await state.git.attempt(['cat-file', '-t', params.tag_sha!])
      if (found.stdout.toString().trim() !== 'tag') throw missing()
      return { status: 200, body: await restTag(params.tag_sha!, state) }
    },
  },
]

async function restTag(sha: string, { git, owner, name, url }: State) {
  const text = await git.run(['cat-file', 'tag', sha])
  const [head = '', ...paragraphs] = text.split('\n\n')
  const field = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(head)?.[1] ?? ''
  const [, tagger, email, seconds] = /^(.*) <(.*)> (\d+)/.exec(field('tagger')) ?? []
  const address = `${url}/repos/${owner}/${name}/git`
  const date = new Date(Number(seconds) * 1000).toISOString()
  const object = field('object')
  return {
    sha,
    node_id: sha,
    tag: field('tag'),
    url: `${address}/tags/${sha}`,
    message: paragraphs.join('\n\n'),
    tagger: { name: tagger, email, date },
    object: { type: field('type'), sha: object, url: `${address}/commits/${object}` },
  }
}
