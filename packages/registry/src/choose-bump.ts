import type { Run } from '@mlwright/domain'
import type { Bump } from './next-version.ts'

/** What of a run decides its version. */
export type BumpFacts = Pick<Run, 'task' | 'target' | 'classes' | 'features' | 'train' | 'dataset'>

const words = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each, at) => each === b[at])

/** Why a program that uses the previous model cannot go on with this one; null where it can. */
function breaks(previous: BumpFacts, run: BumpFacts): string | null {
  if (run.task !== previous.task) return `the task was ${previous.task} and is ${run.task}`
  if (run.target !== previous.target) return `the target was ${words([previous.target])} and is ${words([run.target])}`
  if (!same(run.classes, previous.classes))
    return `the classes were ${words(previous.classes)} and are ${words(run.classes)}`
  const types = new Map(run.features.map(({ name, type }) => [name, type]))
  const gone = previous.features.filter(({ name }) => !types.has(name)).map(({ name }) => name)
  if (gone.length > 0) return `the model takes no ${words(gone)} any more`
  const retyped = previous.features.find(({ name, type }) => types.get(name) !== type)
  return retyped ? `${words([retyped.name])} was a ${retyped.type} and is a ${types.get(retyped.name)}` : null
}

const trainer = ({ train }: BumpFacts) => ('algorithm' in train ? train.algorithm : train.command)
const schema = ({ dataset }: BumpFacts) => dataset.columns.map(({ name, type }) => `${name} ${type}`).sort()

function grows(previous: BumpFacts, run: BumpFacts): string | null {
  const known = new Set(previous.features.map(({ name }) => name))
  const added = run.features.filter(({ name }) => !known.has(name)).map(({ name }) => name)
  if (added.length > 0) return `the model also takes ${words(added)}`
  if (trainer(run) !== trainer(previous)) return `${trainer(previous)} was replaced by ${trainer(run)}`
  return same(schema(run), schema(previous)) ? null : 'the columns of the data changed'
}

/**
 * How far a run's version is from that of the run before: major where the signature breaks (task, target, classes, a
 * feature that is gone or has another type), minor where features, algorithm or the data's columns change otherwise,
 * else patch. The reason goes after "because".
 */
export function chooseBump(
  previous: BumpFacts | null,
  run: BumpFacts,
): { readonly bump: Bump; readonly reason: string } {
  if (!previous) return { bump: 'patch', reason: 'it is the first version' }
  const broken = breaks(previous, run)
  if (broken) return { bump: 'major', reason: broken }
  const grown = grows(previous, run)
  if (grown) return { bump: 'minor', reason: grown }
  return { bump: 'patch', reason: 'signature, algorithm and columns are the same' }
}
