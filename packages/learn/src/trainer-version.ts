import type { algorithms } from '@mlwright/domain'

export type Algorithm = (typeof algorithms)[number]

const versions: Record<Algorithm, string> = {
  'gradient-boosting': 'gradient-boosting/1',
  'logistic-regression': 'logistic-regression/1',
  'linear-regression': 'linear-regression/1',
  majority: 'majority/1',
}

/** Names the bytes an algorithm writes; enters the input digest, so it changes whenever they do. */
export function trainerVersion(algorithm: Algorithm): string {
  return versions[algorithm]
}
