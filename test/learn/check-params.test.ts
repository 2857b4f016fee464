import { UserError } from '@mlwright/domain'
import { checkParams, type Params } from '@mlwright/learn'
import { describe, expect, it } from 'vitest'

function problem(algorithm: Parameters<typeof checkParams>[0], params: Params): string {
  try {
    checkParams(algorithm, params)
  } catch (error) {
    if (error instanceof UserError && error.code === 'CONFIG_INVALID') return error.message
    throw error
  }
  return ''
}

describe('checkParams', () => {
  it('fills in the defaults', () => {
    expect(checkParams('gradient-boosting', { rounds: 12 })).toEqual({
      rounds: 12,
      learning_rate: 0.1,
      leaves: 31,
      min_leaf: 20,
      l2: 0,
      bins: 255,
      max_depth: null,
      early_stopping: null,
    })
    expect(checkParams('majority', {})).toEqual({})
  })

  it('names every problem at once, with the nearest param', () => {
    const message = problem('gradient-boosting', {
      leavs: 31,
      learning_rate: 0,
      rounds: 1.5,
      bins: '12',
      constructor: 1,
    })
    expect(message).toContain('leavs: gradient-boosting has no such param; did you mean leaves?')
    expect(message).toContain('learning_rate: 0 is not a number above 0 and up to 1')
    expect(message).toContain('rounds: 1.5 is not a whole number from 1 to 100000')
    expect(message).toContain('bins: "12" is not a whole number from 2 to 255')
    expect(message).toContain('constructor: gradient-boosting has no such param')
  })

  it('accepts null only where it means something', () => {
    expect(problem('gradient-boosting', { max_depth: null, early_stopping: null })).toBe('')
    expect(problem('gradient-boosting', { rounds: null })).toContain('rounds: null is not')
    expect(problem('logistic-regression', { l2: Number.NaN })).toContain('l2')
  })

  it('says that the baseline takes none', () => {
    expect(problem('majority', { rounds: 3 })).toContain('rounds: majority takes no params; remove it')
  })
})
