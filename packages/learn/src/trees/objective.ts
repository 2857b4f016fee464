import { exp, sigmoid } from '../exp.ts'
import { log } from '../log.ts'
import { type Weights, weightsFor } from './weights.ts'

/** A loss over scores. Scores lie output by output: the score of row r for output k is `scores[k * rows + r]`. */
export interface Objective {
  /** Trees per round. */
  readonly outputs: number
  /** The best constant score of each output over the training rows. */
  prior(): number[]
  /** Called once per round, before the gradients of its outputs. */
  prepare(scores: Float64Array): void
  /** Fills gradient and weight pairs of the training rows for one output. */
  gradients(scores: Float64Array, output: number, pairs: Float64Array): Weights
  /** Mean loss over the rows from..to. */
  loss(scores: Float64Array, from: number, to: number): number
}

const LEAST_SHARE = 1e-12

/** Log loss of two classes; one score, the log-odds of the second class. */
export function logistic(labels: Float64Array, trained: number): Objective {
  const weights = weightsFor(trained, 1, 0.25)
  const { unit, gradientRounder, hessianRounder } = weights
  return {
    outputs: 1,
    prior() {
      let positive = 0
      for (let row = 0; row < trained; row++) positive += labels[row]!
      return [log(positive / (trained - positive))]
    },
    prepare() {},
    gradients(scores, _output, pairs) {
      for (let row = 0; row < trained; row++) {
        const share = sigmoid(scores[row]!)
        pairs[2 * row] = share - labels[row]! + gradientRounder - gradientRounder
        pairs[2 * row + 1] = unit + (share * (1 - share) + hessianRounder - hessianRounder)
      }
      return weights
    },
    loss(scores, from, to) {
      let sum = 0
      for (let row = from; row < to; row++) {
        const signed = labels[row] === 1 ? scores[row]! : -scores[row]!
        sum += signed > 0 ? log(1 + exp(-signed)) : log(1 + exp(signed)) - signed
      }
      return sum / (to - from)
    },
  }
}

/** Log loss of several classes after a softmax; one score per class. */
export function softmax(labels: Float64Array, trained: number, classes: number): Objective {
  const weights = weightsFor(trained, 1, 0.25)
  const { unit, gradientRounder, hessianRounder } = weights
  const rows = labels.length
  const shares = new Float64Array(trained * classes)
  return {
    outputs: classes,
    prior() {
      const counts = new Array<number>(classes).fill(0)
      for (let row = 0; row < trained; row++) counts[labels[row]!]!++
      return counts.map((count) => log(Math.max(count, 0.5) / trained))
    },
    prepare(scores) {
      for (let row = 0; row < trained; row++) {
        let most = -Infinity
        for (let k = 0; k < classes; k++) most = Math.max(most, scores[k * rows + row]!)
        let sum = 0
        for (let k = 0; k < classes; k++) {
          const power = exp(scores[k * rows + row]! - most)
          shares[k * trained + row] = power
          sum += power
        }
        for (let k = 0; k < classes; k++) shares[k * trained + row]! /= sum
      }
    },
    gradients(_scores, output, pairs) {
      for (let row = 0; row < trained; row++) {
        const share = shares[output * trained + row]!
        const gradient = share - (labels[row] === output ? 1 : 0)
        pairs[2 * row] = gradient + gradientRounder - gradientRounder
        pairs[2 * row + 1] = unit + (share * (1 - share) + hessianRounder - hessianRounder)
      }
      return weights
    },
    loss(scores, from, to) {
      let sum = 0
      for (let row = from; row < to; row++) {
        let most = -Infinity
        for (let k = 0; k < classes; k++) most = Math.max(most, scores[k * rows + row]!)
        let whole = 0
        for (let k = 0; k < classes; k++) whole += exp(scores[k * rows + row]! - most)
        const share = exp(scores[labels[row]! * rows + row]! - most) / whole
        sum -= log(Math.max(share, LEAST_SHARE))
      }
      return sum / (to - from)
    },
  }
}

/** Half the squared error; one score, the prediction itself. */
export function squaredError(labels: Float64Array, trained: number): Objective {
  return {
    outputs: 1,
    prior() {
      let sum = 0
      for (let row = 0; row < trained; row++) sum += labels[row]!
      return [sum / trained]
    },
    prepare() {},
    gradients(scores, _output, pairs) {
      let largest = 0
      for (let row = 0; row < trained; row++) largest = Math.max(largest, Math.abs(scores[row]! - labels[row]!))
      const weights = weightsFor(trained, largest, 1)
      const { unit, gradientRounder } = weights
      for (let row = 0; row < trained; row++) {
        pairs[2 * row] = scores[row]! - labels[row]! + gradientRounder - gradientRounder
        pairs[2 * row + 1] = unit + 1
      }
      return weights
    },
    loss(scores, from, to) {
      let sum = 0
      for (let row = from; row < to; row++) sum += (scores[row]! - labels[row]!) ** 2
      return sum / (to - from)
    },
  }
}
