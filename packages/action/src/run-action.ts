import { type Ports, type Problem, problemPath, type Runner, UserError, type Verdict, version } from '@mlwright/domain'
import type { Action } from './define-action.ts'
import type { Outcome } from './outcome.ts'
import { parseInputs } from './parse-inputs.ts'

/** How an action ended; `outcome` is null where it threw, and `error` then says what. */
export interface ActionResult {
  /** 1 where the step fails; 2 where an input was wrong. */
  readonly exitCode: 0 | 1 | 2
  readonly outcome: Outcome | null
  readonly error: unknown
}

function fails(verdict: Verdict, failOn: unknown): boolean {
  if (failOn === 'never') return false
  return verdict === 'fail' || (verdict === 'warn' && failOn === 'warn')
}

async function say(action: Action, outcome: Outcome, failOn: unknown, runner: Runner): Promise<0 | 1> {
  for (const [name, value] of Object.entries(outcome.outputs)) runner.output(name, value)
  if (outcome.annotations?.length) runner.annotate(outcome.annotations)
  const summary = runner.readsSummaries === false ? '' : outcome.summary
  if (summary !== '') await runner.summary(summary)
  if (fails(outcome.verdict, failOn)) {
    runner.fail(outcome.message ?? `${action.name}: the verdict is ${outcome.verdict}; the summary says why.`)
    return 1
  }
  if (outcome.message !== undefined) runner.log(outcome.message)
  return 0
}

function bugReport(action: Action, error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return (
    `\`${action.name}\` met a bug of mlwright; please report it with these lines:\n` +
    `mlwright ${version}, Node.js ${process.version}, ${process.platform} ${process.arch}\n${text}`
  )
}

/** Leaves the sentence where the report finds it; a folder that cannot be written to is no second failure. */
async function keepProblem({ name }: Action, message: string, { files }: Ports): Promise<void> {
  const problem: Problem = { kind: 'Problem', version: 1, action: name, message }
  await files.write(problemPath(name), `${JSON.stringify(problem, null, 2)}\n`).catch(() => {})
}

/**
 * Runs an action and says what came out through `ports.runner`: outputs, annotations, summary, failure. The only place
 * that catches: a `UserError` fails the step with its sentence, anything else with its stack and a request to report it.
 */
export async function runAction(
  action: Action,
  get: (name: string) => string | undefined,
  ports: Ports,
  given: Iterable<string> = [],
): Promise<ActionResult> {
  try {
    const inputs = parseInputs(action, get, given)
    if (!action.question) await ports.files.remove(problemPath(action.name)).catch(() => {})
    const outcome = await action.run(inputs, ports)
    return { exitCode: await say(action, outcome, inputs.failOn, ports.runner), outcome, error: null }
  } catch (error) {
    const known = error instanceof UserError
    ports.runner.fail(known ? error.message : bugReport(action, error))
    if (known && !action.question) await keepProblem(action, error.message, ports)
    return { exitCode: known && error.code === 'INPUT_INVALID' ? 2 : 1, outcome: null, error }
  }
}
