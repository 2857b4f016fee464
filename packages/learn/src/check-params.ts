import { fillParams, type Params, type ParamsOf, paramProblems, UserError } from '@mlwright/domain'
import type { Algorithm } from './trainer-version.ts'

export type { Params, ParamsOf }

/**
 * Checks an algorithm's params and fills in the defaults.
 * Throws `UserError` CONFIG_INVALID that names every problem at once.
 */
export function checkParams<A extends Algorithm>(algorithm: A, params: Params): ParamsOf<A> {
  const problems = [...paramProblems(algorithm, params)].map(([name, message]) => `${name}: ${message}`)
  if (problems.length > 0) throw new UserError('CONFIG_INVALID', `train.params cannot be used. ${problems.join(' ')}`)
  return fillParams(algorithm, params)
}
