import { upperGamma } from './upper-gamma.ts'

/** Probability that a chi-square variable exceeds a value. scipy: stats.chi2.sf. */
export function chiSquareSurvival(value: number, degrees: number): number {
  return degrees > 0 ? upperGamma(degrees / 2, value / 2) : 1
}
