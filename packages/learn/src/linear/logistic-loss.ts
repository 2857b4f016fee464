import { exp } from '../exp.ts'
import { log } from '../log.ts'
import type { Design } from './design.ts'
import type { Differentiable } from './lbfgs.ts'

/**
 * Mean log loss plus l2 / (2 n) times the squared coefficients; intercepts are not penalised. Coefficients lie output by
 * output, each intercept last. One output is the log-odds of the second class; several go through a softmax.
 */
export function logisticLoss(design: Design, labels: Float64Array, outputs: number, l2: number): Differentiable {
  const { rows, width, dense, levels, size } = design
  const stride = size + 1
  const scores = new Float64Array(outputs)
  return (theta, gradient) => {
    gradient.fill(0)
    let loss = 0
    for (let i = 0; i < rows; i++) {
      const start = i * width
      for (let k = 0; k < outputs; k++) {
        const base = k * stride
        let score = theta[base + size]!
        for (let j = 0; j < width; j++) score += theta[base + j]! * dense[start + j]!
        for (let l = 0; l < levels.length; l++) score += theta[base + levels[l]!.offset + levels[l]!.codes[i]!]!
        scores[k] = score
      }
      loss += outputs === 1 ? binary(scores, labels[i]!) : several(scores, labels[i]!)
      for (let k = 0; k < outputs; k++) {
        const base = k * stride
        const error = scores[k]!
        for (let j = 0; j < width; j++) gradient[base + j]! += error * dense[start + j]!
        for (let l = 0; l < levels.length; l++) gradient[base + levels[l]!.offset + levels[l]!.codes[i]!]! += error
        gradient[base + size]! += error
      }
    }
    let squares = 0
    for (let k = 0; k < outputs; k++)
      for (let j = 0; j < size; j++) {
        const value = theta[k * stride + j]!
        squares += value * value
        gradient[k * stride + j]! += l2 * value
      }
    for (let j = 0; j < gradient.length; j++) gradient[j]! /= rows
    return (loss + (l2 / 2) * squares) / rows
  }
}

/** Replaces the score by the loss's derivative and returns the loss. */
function binary(scores: Float64Array, label: number): number {
  const score = scores[0]!
  const small = exp(score > 0 ? -score : score)
  const share = score > 0 ? 1 / (1 + small) : small / (1 + small)
  scores[0] = share - label
  return log(1 + small) + (score > 0 === (label === 1) ? 0 : Math.abs(score))
}

function several(scores: Float64Array, label: number): number {
  let most = -Infinity
  for (let k = 0; k < scores.length; k++) most = Math.max(most, scores[k]!)
  const own = scores[label]! - most
  let whole = 0
  for (let k = 0; k < scores.length; k++) {
    scores[k] = exp(scores[k]! - most)
    whole += scores[k]!
  }
  for (let k = 0; k < scores.length; k++) scores[k] = scores[k]! / whole - (k === label ? 1 : 0)
  return log(whole) - own
}
