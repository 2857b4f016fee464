import { Comparison, type Config, Evaluation, type GateResult, UserError } from '@mlwright/domain'
import { conditionText, judgeAgain } from '../common/judge-again.ts'
import { releasedRecord } from '../common/version-record.ts'
import { broken, type Check, holds, unknown } from './check.ts'

/** Each condition once: a requirement may ask what a gate asks. */
const words = (gates: readonly GateResult[]) => [...new Set(gates.map(conditionText))].join(', ')

/**
 * Judges the released metrics again by the gates of the version's commit; `config` is null where that commit cannot be
 * read, and then what the record itself says counts.
 */
export function gateChecks(
  files: ReadonlyMap<string, Uint8Array>,
  { model, tag }: { readonly model: string; readonly tag: string },
  config: Config | null,
): Check[] {
  try {
    const evaluation = releasedRecord(files, Evaluation, 'evaluation.json', tag)
    if (!evaluation) return [broken('gates', 'The release has no evaluation.json.')]
    const comparison = releasedRecord(files, Comparison, 'comparison.json', tag)
    const recorded = [...evaluation.gates, ...(comparison?.gates ?? [])]
    const gates = config?.models[model] ? judgeAgain(config, model, evaluation, comparison) : recorded
    const failed = gates.filter(({ verdict }) => verdict === 'fail')
    if (failed.length > 0) return [broken('gates', `The model does not pass ${words(failed)}.`)]
    if (gates.length === 0) return [unknown('gates', 'The version has no gates, so any model would have passed.')]
    const source = gates === recorded ? 'as evaluation.json says' : 'judged again by the rules of its commit'
    return [holds('gates', `${words(gates)}: ${source}.`)]
  } catch (error) {
    if (error instanceof UserError) return [broken('gates', error.message)]
    throw error
  }
}
