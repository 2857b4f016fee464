import { calibrate } from './calibrate.ts'
import type { ClassSample } from './class-sample.ts'

/** Chances of every class that add up to 1, row by row. */
export type ClassChances = (scores: Float64Array) => Float64Array

/**
 * Scores as chances: each class against all others where that makes it better calibrated, and then each row divided by
 * its sum. NannyML: CBPE. All rows have to be labelled.
 */
export function calibrateClasses({
  classes,
  scores,
  predicted,
  labels,
}: ClassSample & { readonly scores: Float64Array }): {
  readonly calibrated: boolean
  readonly chances: ClassChances
} {
  const width = classes.length
  const each = classes.map((_, k) =>
    calibrate({
      scores: Float64Array.from(labels, (_label, row) => scores[row * width + k]!),
      predicted,
      labels: labels.map((label) => (label === k ? 1 : 0)),
    }),
  )
  const chances: ClassChances = (given) => {
    const result = given.map((score, i) => each[i % width]!.chance(score))
    for (let start = 0; start < result.length; start += width) {
      const row = result.subarray(start, start + width)
      const sum = row.reduce((total, chance) => total + chance, 0)
      for (let k = 0; k < width; k++) row[k] = sum === 0 ? 1 / width : row[k]! / sum
    }
    return result
  }
  return { calibrated: each.some(({ calibrated }) => calibrated), chances }
}
