import type { Outcome } from '@mlwright/action'
import type { Retraining } from '@mlwright/domain'
import { code, enumerate } from '@mlwright/report'
import type { Kept } from './kept.ts'

export const retrainOutputs = {
  decision:
    '`proposed`, `kept` (others have committed to the branch), `resting` (people closed or merged one lately), `cleared` or `none`; a line for each model where there are several.',
  strategy: 'The strategy that was picked; empty where there is no candidate.',
  'pull-request': 'Number of the pull request; empty where there is none.',
  retraining: 'Path of the Retraining (JSON).',
  'user-code': '`true` where a command was run; its candidates must be judged in another job.',
} as const

export type RetrainOutcome = Outcome<Record<keyof typeof retrainOutputs, string>>

/** A model's retraining, and what became of it where this job writes. */
export interface Retrained {
  readonly retraining: Retraining
  readonly path: string
  readonly kept: Kept | null
}

function found({ outcome, model, picked, strategies, reason }: Retraining): string {
  if (outcome === 'clear') return `${model} does not drift.`
  if (outcome === 'none') return `${model}: ${reason}`
  return `${model}: ${picked} is picked of ${enumerate(strategies.map(({ strategy }) => strategy))}.`
}

/** What retraining came to. */
export function retrainOutcome(all: readonly Retrained[], userCode = false): RetrainOutcome {
  const lines = (text: (retrained: Retrained) => string) => all.map(text).join('\n')
  const said = all.map(({ retraining, kept }) =>
    [found(retraining), ...(kept && kept.message !== '' && retraining.outcome !== 'none' ? [kept.message] : [])].join(
      ' ',
    ),
  )
  return {
    verdict: 'pass',
    message: said.length > 0 ? said.join('\n') : 'There is nothing to train again.',
    summary: said.map((text) => `- ${code(text, 1000)}`).join('\n'),
    noun: all.length === 1 ? all[0]!.retraining : all.map(({ retraining }) => retraining),
    outputs: {
      decision: lines(({ kept }) => kept?.decision ?? ''),
      strategy: lines(({ retraining }) => retraining.picked ?? ''),
      'pull-request': lines(({ kept }) => (kept?.pull == null ? '' : String(kept.pull))),
      retraining: lines(({ path }) => path),
      'user-code': String(userCode),
    },
  }
}
