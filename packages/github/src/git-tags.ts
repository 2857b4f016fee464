import { byUtf8, type Tag, type TagStamp, type Tags } from '@mlwright/domain'
import type { ApiRefusal } from './api-refusal.ts'
import type { GitHubApi } from './github-api.ts'

const page = `query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    refs(refPrefix: "refs/tags/", first: 100, after: $after) {
      nodes { name target { __typename oid ...tag } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
fragment tag on Tag { message tagger { name date } target { __typename oid ... on Tag { target { __typename oid } } } }`

/** A commit, or an annotated tag and what it points to. */
interface Target {
  readonly __typename: string
  readonly oid: string
  readonly message?: string | null
  readonly tagger?: { readonly name: string | null; readonly date: string | null } | null
  readonly target?: Target
}

interface Page {
  readonly repository: {
    readonly refs: {
      readonly nodes: readonly { readonly name: string; readonly target: Target }[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    }
  }
}

/** Tags through the API: listed in pages of 100, one request each, and created as annotated ones. */
export class GitTags implements Tags {
  readonly #api: GitHubApi

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async list(): Promise<Tag[]> {
    const { owner, repo: name } = this.#api.repository
    const tags: Tag[] = []
    let after: string | null = null
    do {
      const question = { doing: 'list the tags', permission: 'contents: read' }
      const { repository }: Page = await this.#api.ask(question, (octokit) =>
        octokit.graphql<Page>(page, { owner, name, after }),
      )
      const { nodes, pageInfo } = repository.refs
      tags.push(...nodes.flatMap((node) => tagOf(node.name, node.target) ?? []))
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
    } while (after)
    return tags.sort((a, b) => byUtf8(a.name, b.name))
  }

  async stamps(): Promise<TagStamp[]> {
    return (await this.list()).filter(({ annotated }) => annotated)
  }

  async create(tag: { readonly name: string; readonly commit: string; readonly message: string }): Promise<Tag | null> {
    const { name, commit, message } = tag
    const { repository } = this.#api
    const question = {
      doing: `create the tag ${name}`,
      permission: 'contents: write',
      explain: (refusal: ApiRefusal) => ruleRefusal(name, refusal),
    }
    const { data } = await this.#api.ask(question, (octokit) =>
      octokit.rest.git.createTag({ ...repository, tag: name, message, object: commit, type: 'commit' }),
    )
    const created = await this.#api.askUnless(
      question,
      ({ status, message }) => status === 422 && /already exists/i.test(message),
      (octokit) => octokit.rest.git.createRef({ ...repository, ref: `refs/tags/${name}`, sha: data.sha }),
    )
    if (!created && (await this.#object(name)) !== data.sha) return null
    const { tagger } = data
    return { name, commit, annotated: true, at: seconds(tagger.date), message: data.message, tagger: tagger.name }
  }

  /** The object that a tag's name holds: ours, where the answer to our own request was lost. */
  async #object(name: string): Promise<string> {
    const { data } = await this.#api.ask({ doing: `read the tag ${name}`, permission: 'contents: read' }, (octokit) =>
      octokit.rest.git.getRef({ ...this.#api.repository, ref: `tags/${name}` }),
    )
    return data.object.sha
  }
}

function tagOf(name: string, target: Target): Tag | null {
  let end: Target | undefined = target
  while (end?.__typename === 'Tag') end = end.target
  if (end?.__typename !== 'Commit') return null
  if (target.__typename === 'Commit')
    return { name, commit: end.oid, annotated: false, at: 0, message: '', tagger: null }
  return {
    name,
    commit: end.oid,
    annotated: true,
    at: seconds(target.tagger?.date),
    message: (target.message ?? '').replace(/\n$/, ''),
    tagger: target.tagger?.name ?? null,
  }
}

function seconds(time: string | null | undefined): number {
  return time ? Math.floor(Date.parse(time) / 1000) : 0
}

function ruleRefusal(name: string, { message }: ApiRefusal): string | null {
  if (!/rule violation|protected/i.test(message)) return null
  return `A rule of the repository refuses the tag ${name} (${message}); let GitHub Actions bypass that ruleset, or leave the tag out of it.`
}
