import { UserError } from '@mlwright/domain'
import { sha256 } from './digest-uuid.ts'
import { mlBom } from './ml-bom.ts'
import { mlModel } from './ml-model.ts'
import { modelCard } from './model-card.ts'
import { modelFile } from './model-file.ts'
import { provenance } from './provenance.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { sha256Sums } from './sha256-sums.ts'
import type { Writing } from './writing.ts'

/** What other packages know how to do. */
export interface ReleaseTools {
  readonly writing: Writing
  /** A record's text as the records branch has it. */
  readonly recordText: (value: unknown) => string
}

/**
 * Every file of a release by its name, in the order in which they are written; the same facts give the same bytes.
 * Throws `UserError` ARTIFACT_MISSING where the run left no model, RECORD_INVALID where `model` is not the run's.
 */
export function releaseAssets(facts: ReleaseFacts, model: Uint8Array, tools: ReleaseTools): Map<string, Uint8Array> {
  const { run, evaluation, comparison, contract, profile } = facts
  const { digest } = modelFile(facts)
  const found = sha256(model)
  if (found !== digest)
    throw new UserError(
      'RECORD_INVALID',
      `The model file of the run ${run.id} has the digest ${found}, and its record says ${digest}; train it again.`,
    )
  const assets = new Map([['model.onnx', model]])
  const add = (name: string, text: string) => assets.set(name, new TextEncoder().encode(text))
  add('MLmodel', mlModel(facts))
  add('model-card.md', modelCard(facts, tools.writing))
  add('run.json', tools.recordText(run))
  add('evaluation.json', tools.recordText(evaluation))
  if (comparison) add('comparison.json', tools.recordText(comparison))
  if (contract !== null) add('contract.yaml', contract)
  if (profile !== null) add('profile.json', profile)
  add('ml-bom.cdx.json', mlBom(facts))
  add('provenance.intoto.jsonl', provenance(facts, assets))
  add('SHA256SUMS', sha256Sums(assets))
  return assets
}
