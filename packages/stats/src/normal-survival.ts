import { upperGamma } from './upper-gamma.ts'

/** Probability that a standard normal variable exceeds z. scipy: stats.norm.sf. */
export function normalSurvival(z: number): number {
  const tail = upperGamma(0.5, (z * z) / 2) / 2
  return z < 0 ? 1 - tail : tail
}
