import type { Outcome } from '@mlwright/action'
import { code } from '@mlwright/report'
import type { Moved } from './move-stage.ts'
import type { Proposed } from './propose.ts'
import type { WantedMove } from './wanted-moves.ts'

export const promoteOutputs = {
  tag: 'The tag of the event, such as `churn#production#7`; empty where none was written yet.',
  previous: 'The version that was in the stage; empty where it was empty.',
  'deployment-id': 'The GitHub Deployment of the move; empty where there is none.',
  'pull-request': 'Number of the pull request that asks for the move; empty where there is none.',
  moves: 'What merged stages files ask for: a JSON list of model, stage, version, environment and mode.',
} as const

export type PromoteOutcome = Outcome<Record<keyof typeof promoteOutputs, string>>

const empty = { tag: '', previous: '', 'deployment-id': '', 'pull-request': '', moves: '[]' }

function outcome(message: string, noun: unknown, outputs: Partial<typeof empty>): PromoteOutcome {
  return { verdict: 'pass', message, summary: `- ${code(message, 1000)}`, noun, outputs: { ...empty, ...outputs } }
}

export function movedOutcome(moved: Moved): PromoteOutcome {
  const { model, stage, version, previous, tag, created, superseded, deployment } = moved
  const from = previous === null ? '' : `, where ${previous} was`
  const message = created
    ? `${model} ${version} is in ${stage} now${from} (${tag}).`
    : superseded === null
      ? `${model} ${version} is in ${stage} already (${tag}).`
      : `This run put ${model} ${version} into ${stage} before (${tag}); ${superseded || 'nothing'} has taken its place since, and stays.`
  return outcome(message, moved, {
    tag,
    previous: previous ?? '',
    'deployment-id': deployment === null ? '' : String(deployment),
  })
}

export function proposedOutcome(all: readonly Proposed[]): PromoteOutcome {
  const lines = (text: (proposed: Proposed) => string) => all.map(text).join('\n')
  const noun = all.map(({ pull, ...proposed }) => ({ ...proposed, pull: pull?.number ?? null }))
  return {
    ...outcome('', noun.length === 1 ? noun[0] : noun, {
      previous: lines(({ previous }) => previous ?? ''),
      'pull-request': lines(({ pull }) => (pull ? String(pull.number) : '')),
    }),
    message: all.length > 0 ? lines(({ message }) => message) : 'No model has a version to promote.',
    summary: lines(({ message }) => `- ${code(message, 1000)}`),
  }
}

export function retiredOutcome(retired: { readonly tag: string; readonly message: string }): PromoteOutcome {
  return outcome(retired.message, retired, { tag: retired.tag })
}

export function plannedOutcome(moves: readonly WantedMove[]): PromoteOutcome {
  const said = moves.map(({ model, stage, version }) => `${model}: ${version || 'nothing'} in ${stage}`).join('; ')
  return outcome(said || 'The stages files ask for nothing new.', moves, { moves: JSON.stringify(moves) })
}
