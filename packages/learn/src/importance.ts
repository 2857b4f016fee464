import { byUtf8 } from '@mlwright/domain'
import type { Importance, TrainingSet } from './training-set.ts'

/** Turns amounts per feature into shares of their sum, largest first; features that are not used have share 0. */
export function importanceOf(set: TrainingSet, amounts: Float64Array): Importance[] {
  const sum = amounts.reduce((total, amount) => total + amount, 0)
  return set.features
    .map(({ name }, feature) => ({ feature: name, share: sum > 0 ? amounts[feature]! / sum : 0 }))
    .sort((a, b) => b.share - a.share || byUtf8(a.feature, b.feature))
}
