import { type Action, interceptPorts, type MemoryGitHub, MemoryRunner, memoryPorts, runAction } from '@mlwright/action'
import type { Ports } from '@mlwright/domain'

const writing = ['refs', 'issues', 'tags', 'comments', 'checks', 'pulls', 'deployments', 'workflows'] as const
const reads = /^(read|tree|resolve|list|find|get|from|containing)$/

/** Runs an action in a job of a scheduled workflow; one that prepares may write nothing on GitHub. */
export async function scheduledJob(
  action: Action,
  inputs: Readonly<Record<string, string>>,
  own: Partial<Ports>,
  state: MemoryGitHub,
) {
  const runner = new MemoryRunner()
  const guarded = interceptPorts(memoryPorts({ runner, ...own }, state), writing, async ({ port, method }, proceed) => {
    if (inputs.mode === 'prepare' && !reads.test(method)) throw new Error(`The reading job called ${port}.${method}.`)
    return proceed()
  })
  const given = new Map(Object.entries({ 'fail-on': 'never', ...inputs }))
  const { exitCode, error } = await runAction(action, (name) => given.get(name), guarded)
  return { exitCode, error, runner, said: [...runner.failures, ...runner.lines].join('\n') }
}
