import { normalSurvival } from './normal-survival.ts'

/** The z that a standard normal variable exceeds with some probability below 1/2, by bisection. scipy: stats.norm.isf. */
export function normalQuantile(probability: number): number {
  let low = 0
  let high = 40
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (normalSurvival(middle) > probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
