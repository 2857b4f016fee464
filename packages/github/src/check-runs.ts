import type { Annotation, Check, Checks } from '@mlwright/domain'
import type { RestEndpointMethodTypes } from '@octokit/rest'
import type { ApiRefusal } from './api-refusal.ts'
import type { GitHubApi } from './github-api.ts'

const permission = 'checks: write'
/** What the API takes: annotations of one request, UTF-8 bytes of a summary, characters of a title. */
const batchSize = 50
const summaryLimit = 65_535
const titleLimit = 255
/** Tells our check runs from others of the same name. */
const externalId = 'mlwright'

/** Check runs through the REST API. */
export class CheckRuns implements Checks {
  readonly #api: GitHubApi

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async publish(check: Check): Promise<string> {
    const annotations = check.annotations.map(restAnnotation)
    const existing = await this.#reusable(check, annotations)
    const fresh = annotations.filter((annotation) => !existing?.keys.has(keyOf(annotation)))
    const batches = Array.from({ length: Math.max(1, Math.ceil(fresh.length / batchSize)) }, (_, index) =>
      fresh.slice(index * batchSize, (index + 1) * batchSize),
    )
    let run: RestCheckRun | null = existing?.run ?? null
    for (const batch of batches) run = await this.#send(check, run, batch)
    return run!.html_url ?? ''
  }

  /** Our run on the commit, unless it has annotations that are no longer so: the API cannot take one back. */
  async #reusable(check: Check, annotations: readonly RestAnnotation[]) {
    const { name, commit } = check
    const runs = await this.#api.ask(
      { doing: `list the checks of commit ${commit.slice(0, 8)}`, permission },
      (octokit) =>
        octokit.paginate(octokit.rest.checks.listForRef, {
          ...this.#api.repository,
          ref: commit,
          check_name: name,
          per_page: 100,
        }),
    )
    const run = runs.filter((candidate) => candidate.external_id === externalId).sort((a, b) => b.id - a.id)[0]
    if (!run) return null
    const shown = await this.#api.ask({ doing: `read the annotations of the check ${name}`, permission }, (octokit) =>
      octokit.paginate(octokit.rest.checks.listAnnotations, {
        ...this.#api.repository,
        check_run_id: run.id,
        per_page: 100,
      }),
    )
    const wanted = new Set(annotations.map(keyOf))
    const keys = new Set(shown.map(keyOf))
    return [...keys].every((key) => wanted.has(key)) ? { run, keys } : null
  }

  async #send(check: Check, run: RestCheckRun | null, annotations: RestAnnotation[]): Promise<RestCheckRun> {
    const { name, commit, conclusion, title } = check
    const fields = {
      ...this.#api.repository,
      name,
      external_id: externalId,
      status: 'completed' as const,
      conclusion,
      output: { title, summary: bytesWithin(check.summary, summaryLimit), annotations },
    }
    const question = { doing: `publish the check ${name}`, permission, explain }
    return this.#api.ask<RestCheckRun>(question, (octokit) =>
      run
        ? octokit.rest.checks.update({ ...fields, check_run_id: run.id }).then(({ data }) => data)
        : octokit.rest.checks.create({ ...fields, head_sha: commit }).then(({ data }) => data),
    )
  }
}

function explain({ message }: ApiRefusal): string | null {
  if (!/GitHub App/i.test(message)) return null
  return `Only the token of an App can publish checks (${message}); pass \`token: \${{ github.token }}\` with \`permissions: ${permission}\`.`
}

interface RestCheckRun {
  readonly id: number
  readonly html_url: string | null
}

type RestOutput = NonNullable<NonNullable<RestEndpointMethodTypes['checks']['create']['parameters']>['output']>
type RestAnnotation = NonNullable<RestOutput['annotations']>[number]

/** What belongs to no file goes on `.github`, as the runner's own annotations do. */
function restAnnotation({ level, title, message, location }: Annotation): RestAnnotation {
  const text = { annotation_level: level, title: title.slice(0, titleLimit), message: bytesWithin(message, 64_000) }
  if (!location) return { path: '.github', start_line: 1, end_line: 1, ...text }
  const { file, line, column } = location
  return { path: file, start_line: line, end_line: line, start_column: column, end_column: column, ...text }
}

function keyOf(annotation: {
  readonly path: string
  readonly start_line: number
  readonly start_column?: number | null
  readonly annotation_level: string | null
  readonly message: string | null
}): string {
  const { path, start_line, start_column, annotation_level, message } = annotation
  return JSON.stringify([path, start_line, start_column ?? null, annotation_level, message])
}

/** The text, or as many whole characters of it as fit into so many bytes of UTF-8. */
function bytesWithin(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  return `${Buffer.from(text)
    .subarray(0, bytes - 3)
    .toString()
    .replace(/\uFFFD+$/, '')}…`
}
