import { HttpProblem } from './http-problem.ts'
import type { Answer } from './route.ts'
import type { GitHubDouble } from './start-github.ts'

type Fields = Readonly<Record<string, never>>
type Command = (double: GitHubDouble, fields: Fields) => unknown

/** What a program in another process may ask of the double, as `POST /_double/<command>` with JSON. */
const commands: Readonly<Record<string, Command>> = {
  state: ({ state, violations }) => {
    const { git, blobs, accounts, rulesets, ...rest } = state
    return { ...rest, blobs: [...blobs.keys()], gitFolder: git.folder, violations }
  },
  token: (double, fields) => ({ token: double.token(fields as never) }),
  open: (double, fields) => double.openPull(fields as never),
  update: (double, { number }) => double.updatePull(number as never),
  queue: (double, { number }) => double.queuePull(number as never),
  merge: (double, { number, how }) => double.mergePull(number as never, how as never),
  deploy: (double, fields) => double.deployJob(fields as never),
  status: (double, { id, state }) => double.deploymentStatus(id as never, state as never),
  setting: ({ state }, fields) => Object.assign(state.settings, fields),
  environment: ({ state }, fields) => state.environments.push(fields as never),
  fail: (double, { matcher, fault }) => double.fail(matcher as never, fault as never),
  event: (double, fields) => double.event(fields as never),
  services: (double, { run, ref }) => double.services(run as never, ref as never),
}

export async function control(name: string, body: unknown, double: GitHubDouble): Promise<Answer> {
  const command = commands[name]
  if (!command) throw new HttpProblem(404, `The double knows no command ${name}`)
  return { status: 200, body: (await command(double, (body ?? {}) as Fields)) ?? {} }
}
