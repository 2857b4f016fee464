import { setTimeout as delay } from 'node:timers/promises'
import type { getOctokit } from '@actions/github'
import { UserError } from '@mlwright/domain'
import { apiFailure } from './api-failure.ts'
import type { ApiQuestion } from './api-question.ts'
import { type ApiRefusal, apiRefusal } from './api-refusal.ts'
import { attempts, longestWait, retryDelay } from './retry-delay.ts'

export type Octokit = ReturnType<typeof getOctokit>

export interface GitHubApiOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly token: string
  /** Waits so many milliseconds; tests pass one that does not. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>
}

/** Asks the REST and GraphQL API of one repository, again where that helps, and explains what fails for good. */
export class GitHubApi {
  readonly #options: GitHubApiOptions
  readonly sleep: (milliseconds: number) => Promise<unknown>
  #octokit: Promise<Octokit> | null = null

  constructor(options: GitHubApiOptions) {
    this.#options = options
    this.sleep = options.sleep ?? delay
  }

  /** Owner and name as octokit's methods take them. */
  get repository(): { readonly owner: string; readonly repo: string } {
    const [owner, repo] = (this.#options.environment.GITHUB_REPOSITORY ?? '').split('/')
    if (owner && repo) return { owner, repo }
    throw new UserError('INPUT_INVALID', 'GITHUB_REPOSITORY is not set; run this step in GitHub Actions.')
  }

  /** Throws `UserError` PERMISSION_MISSING or API_FAILED. */
  async ask<T>(question: ApiQuestion, request: (octokit: Octokit) => Promise<T>): Promise<T> {
    const answer = await this.askUnless(question, () => false, request)
    return answer as T
  }

  /** Null where the refusal is one that the caller expects, such as a 404. */
  async askUnless<T>(
    question: ApiQuestion,
    expected: (refusal: ApiRefusal) => boolean,
    request: (octokit: Octokit) => Promise<T>,
  ): Promise<T | null> {
    const octokit = await this.#client(question)
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(octokit)
      } catch (error) {
        const refusal = apiRefusal(error)
        if (!refusal) throw error
        if (expected(refusal)) return null
        const wait = retryDelay(refusal, attempt, Date.now())
        if (wait === null || wait > longestWait || attempt === attempts)
          throw apiFailure(question, refusal, attempt, Date.now())
        await this.sleep(wait)
      }
    }
  }

  #client(question: ApiQuestion): Promise<Octokit> {
    const { token, environment } = this.#options
    if (!token)
      throw new UserError(
        'PERMISSION_MISSING',
        `There is no token to ${question.doing}; pass \`token: \${{ github.token }}\` with \`permissions: ${question.permission}\`.`,
      )
    this.#octokit ??= import('@actions/github').then((github) =>
      github.getOctokit(token, {
        baseUrl: environment.GITHUB_API_URL ?? 'https://api.github.com',
        userAgent: 'mlwright',
      }),
    )
    return this.#octokit
  }
}

export const notFound = ({ status }: ApiRefusal): boolean => status === 404
