import type { GateResult, Measured, MetricChange } from '@mlwright/domain'
import { metricDirection } from './metric-direction.ts'
import type { GateRule } from './resolve-evaluate.ts'

/** A drop from 0.8 to 0.78 is 0.02, and not 0.020000000000000018. */
const rounding = 1e-12

const shown = (value: number) => String(Number(value.toPrecision(4)))

function bound({ metric, rule, limit, requirement }: GateRule, measured: Measured | undefined): GateResult {
  const value = measured?.value ?? null
  const by = requirement ? ` of requirement ${requirement}` : ''
  const word = rule === 'min' ? 'minimum' : 'maximum'
  const result = { metric, rule, limit, value, requirement }
  if (value === null)
    return {
      ...result,
      verdict: 'fail',
      message: `${metric} is undefined (${measured?.reason ?? 'not measured'}), so the ${word} ${limit}${by} cannot be kept.`,
    }
  const holds = rule === 'min' ? value >= limit : value <= limit
  if (holds)
    return { ...result, verdict: 'pass', message: `${metric} ${shown(value)} keeps the ${word} ${limit}${by}.` }
  return {
    ...result,
    verdict: 'fail',
    message: `${metric} ${shown(value)} is ${rule === 'min' ? 'below' : 'above'} the ${word} ${limit}${by}.`,
  }
}

function drop({ metric, rule, limit, requirement }: GateRule, change: MetricChange | undefined): GateResult {
  if (!change || change.change === null) {
    const lost = change !== undefined && change.baseline !== null
    const result = { metric, rule, limit, value: null, requirement }
    return lost
      ? { ...result, verdict: 'fail', message: `${metric} is undefined for the candidate, so its drop is unknown.` }
      : {
          ...result,
          verdict: 'warn',
          message: `${metric} cannot be compared with the baseline's, so its drop is unknown.`,
        }
  }
  const worse = metricDirection(metric) === 'higher' ? -change.change : change.change
  const result = { metric, rule, limit, value: worse, requirement }
  if (worse <= limit + rounding)
    return { ...result, verdict: 'pass', message: `${metric} worsens by no more than ${limit}.` }
  const sentence = `${metric} worsens by ${shown(worse)}, more than the accepted ${limit}`
  if (change.low === null) return { ...result, verdict: 'warn', message: `${sentence}, but its noise is unknown.` }
  if (change.noise) return { ...result, verdict: 'warn', message: `${sentence}, but that is within noise.` }
  return { ...result, verdict: 'fail', message: `${sentence}.` }
}

/**
 * Holds measured metrics against their gates: `min` and `max` against the value, `max_drop` against the change, which
 * fails only where the interval excludes 0 as well, or where the candidate lost the metric, and warns where the baseline
 * has none. Without a comparison `max_drop` says nothing.
 */
export function judgeGates(
  gates: readonly GateRule[],
  metrics: Readonly<Record<string, Measured>>,
  changes: Readonly<Record<string, MetricChange>> | null,
): GateResult[] {
  return gates.flatMap((gate) => {
    if (gate.rule !== 'max_drop') return bound(gate, metrics[gate.metric])
    return changes ? drop(gate, changes[gate.metric]) : []
  })
}
