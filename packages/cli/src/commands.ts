import { type Action, input } from '@mlwright/action'
import { actions } from '@mlwright/actions'
import type { Ask } from '@mlwright/actions/init'
import type { Terminal } from './terminal.ts'

export interface CommandEntry {
  /** What stands after `mlwright`. */
  readonly words: readonly string[]
  /** Loads the action; `terminal` is where it is going to run, or null where it is only described. */
  load(ask: Ask | null, terminal: Terminal | null): Promise<Action>
  /** Inputs that the words decide. */
  readonly fixed?: Readonly<Record<string, string>>
}

/** An action without the inputs that somebody has decided already. */
function without(action: Action, fixed: Readonly<Record<string, string>>): Action {
  return {
    ...action,
    inputs: Object.fromEntries(Object.entries(action.inputs).filter(([name]) => !(name in fixed))),
    run: (inputs, ports) => action.run({ ...inputs, ...fixed }, ports),
  }
}

const experiment = { pipeline: 'experiment' } as const

/** Modes of `promote` that are commands of their own, with what they ask beside the model. */
const eventsOfStages = {
  rollback: {
    description: 'Put the version that was in a stage before back into it.',
    inputs: {
      version: input.text('Version to put back, such as v1.3.0 (default: the one that was there before).', {
        optional: true,
      }),
      stage: input.text('Stage to put it back into (default: the first of `registry.stages`).', { optional: true }),
    },
  },
  deregister: {
    description: 'Take a version out of the registry; its history stays.',
    inputs: { version: input.text('Version to take out, such as v1.4.0.') },
  },
  deprecate: { description: 'Say that a model is not used any more.', inputs: {} },
}

/** Every command: `init`, the pipelines, and one for each action. */
export const commands: readonly CommandEntry[] = [
  { words: ['init'], load: async (ask) => (await import('@mlwright/actions/init')).initAction(ask) },
  {
    words: ['import'],
    async load(_ask, terminal) {
      const [{ importAction }, { importHost }] = await Promise.all([
        import('@mlwright/actions/import'),
        import('./import-host.ts'),
      ])
      return importAction(terminal && importHost(terminal))
    },
  },
  { words: ['prune'], load: async () => (await import('@mlwright/actions/prune')).pruneAction() },
  {
    words: ['serve'],
    async load(_ask, terminal) {
      const [{ serveAction }, { serveHost }] = await Promise.all([
        import('@mlwright/actions/serve'),
        import('./serve-host.ts'),
      ])
      return serveAction(terminal && serveHost(terminal))
    },
  },
  {
    words: ['run', 'experiment'],
    load: async () => ({
      ...without((await actions.mlwright()).default, experiment),
      description: 'Do what a pull request does: validate, train (the baseline too), evaluate and report.',
    }),
  },
  ...Object.entries(eventsOfStages).map(([mode, { description, inputs }]) => ({
    words: [mode],
    async load(): Promise<Action> {
      const promote = without((await actions.promote()).default, { mode })
      const { version: _version, stage: _stage, ...common } = promote.inputs
      return { ...promote, description, inputs: { ...inputs, ...common } }
    },
  })),
  ...Object.entries(actions)
    .filter(([name]) => name !== 'mlwright')
    .map(([name, load]) => ({ words: [name], load: async (): Promise<Action> => (await load()).default })),
]

/** The command whose words `argv` begins with, or null. */
export function findCommand(argv: readonly string[]): CommandEntry | null {
  return commands.find(({ words }) => words.every((word, at) => argv[at] === word)) ?? null
}
