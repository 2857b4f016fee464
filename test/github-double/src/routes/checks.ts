import { HttpProblem, missing } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State, StoredAnnotation, StoredCheckRun } from '../state.ts'

interface CheckRunFields {
  readonly name?: string
  readonly head_sha?: string
  readonly external_id?: string
  readonly status?: string
  readonly conclusion?: string
  readonly output?: {
    readonly title?: string
    readonly summary?: string
    readonly text?: string
    readonly annotations?: readonly StoredAnnotation[]
  }
}

export const checkRoutes: readonly Route[] = [
  {
    operation: 'POST /repos/{owner}/{repo}/check-runs',
    permissions: ['checks: write'],
    async answer({ body }, state) {
      const { name = '', head_sha = '' } = body as CheckRunFields
      if (!(await state.git.find(head_sha, 'commit')))
        throw new HttpProblem(422, `No commit found for SHA: ${head_sha}`)
      const output = { title: null, summary: null, text: null, annotations: [] }
      const run = { id: state.nextId(), name, head_sha, external_id: '', status: 'queued', conclusion: null, ...output }
      fill(run, body as CheckRunFields)
      state.checkRuns.push(run)
      return { status: 201, body: restCheckRun(run, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
    permissions: ['checks: read'],
    answer: ({ params }, state) => ({ status: 200, body: restCheckRun(existing(state, params.check_run_id), state) }),
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
    permissions: ['checks: write'],
    answer({ params, body }, state) {
      const run = existing(state, params.check_run_id)
      fill(run, body as CheckRunFields)
      return { status: 200, body: restCheckRun(run, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
    permissions: ['checks: read'],
    answer(request, state) {
      const { annotations } = existing(state, request.params.check_run_id)
      return page(request, annotations, (items) => items.map(restAnnotation))
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    permissions: ['checks: read'],
    async answer(request, state) {
      const commit = await state.git.find(request.params.ref!, 'commit')
      if (!commit) throw new HttpProblem(422, `No commit found for SHA: ${request.params.ref}`)
      const name = request.query.get('check_name')
      const onCommit = state.checkRuns.filter((run) => run.head_sha === commit && (name === null || run.name === name))
      const newest = onCommit.filter((run) => !onCommit.some((other) => other.name === run.name && other.id > run.id))
      const runs = request.query.get('filter') === 'all' ? onCommit : newest
      return page(request, runs, (items) => ({
        total_count: runs.length,
        check_runs: items.map((run) => restCheckRun(run, state)),
      }))
    },
  },
]

function existing(state: State, id: string | undefined): StoredCheckRun {
  const run = state.checkRuns.find((candidate) => candidate.id === Number(id))
  if (!run) throw missing()
  return run
}

/** An update adds its annotations to those that are there. */
function fill(run: StoredCheckRun, fields: CheckRunFields): void {
  const { output } = fields
  run.name = fields.name ?? run.name
  run.external_id = fields.external_id ?? run.external_id
  run.conclusion = fields.conclusion ?? run.conclusion
  run.status = fields.conclusion ? 'completed' : (fields.status ?? run.status)
  run.title = output?.title ?? run.title
  run.summary = output?.summary ?? run.summary
  run.text = output?.text ?? run.text
  for (const annotation of output?.annotations ?? []) {
    const { start_line, end_line, start_column } = annotation
    if (start_column !== undefined && start_line !== end_line)
      throw new HttpProblem(422, 'Columns are only for annotations of one line')
    run.annotations.push(annotation)
  }
}

function restAnnotation(annotation: StoredAnnotation) {
  return { start_column: null, end_column: null, title: null, raw_details: null, ...annotation }
}

function restCheckRun(run: StoredCheckRun, { owner, name, url }: State) {
  const { title, summary, text, annotations } = run
  const address = `${url}/repos/${owner}/${name}/check-runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    head_sha: run.head_sha,
    external_id: run.external_id,
    status: run.status,
    conclusion: run.conclusion,
    url: address,
    html_url: `https://github.com/${owner}/${name}/runs/${run.id}`,
    output: { title, summary, text, annotations_count: annotations.length, annotations_url: `${address}/annotations` },
    app: { slug: 'github-actions', name: 'GitHub Actions', owner: { login: 'github' } },
    check_suite: null,
    pull_requests: [],
    started_at: null,
    completed_at: null,
  }
}
