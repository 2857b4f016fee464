import type { Files, Ports, RequestRules } from '@mlwright/domain'
import { contractRules, releasedRules } from '../common/contract-rules.ts'
import { readConfig, readContract } from '../common/project.ts'
import { requiredText } from '../common/required-text.ts'

/**
 * What requests to an image have to keep: the contract that the inputs name, else that of the release, else that of the
 * model's data. Null where there is none, or where the inputs say `none`.
 */
export async function imageRules(
  { config, contract }: { readonly config: string; readonly contract?: string | undefined },
  { files }: Pick<Ports, 'files'>,
  sources: Pick<Files, 'read'>,
  model: string,
  released: Parameters<typeof releasedRules>[0] | null,
): Promise<RequestRules | null> {
  if (contract === 'none') return null
  if (contract !== undefined) return contractRules(await requiredText(files, contract, 'the contract'), contract, model)
  if (released) return releasedRules(released)
  if (!(await sources.read(config))) return null
  const { datasets, models } = await readConfig(sources, config)
  const dataset = Object.hasOwn(models, model) ? models[model]!.dataset : null
  const path = dataset === null ? undefined : datasets[dataset]?.contract
  return path === undefined ? null : (await readContract(sources, path, dataset!)).request
}
