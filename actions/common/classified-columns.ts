import type { Files } from '@mlwright/domain'
import { readConfig, readContract } from './project.ts'

const kept = new Set(['confidential', 'restricted'])

/**
 * Columns that the contract of a model's data classifies as confidential or restricted, and that no log may hold; of all
 * models where the configuration does not have this one. None without a configuration or contracts.
 */
export async function classifiedColumns(
  files: Pick<Files, 'read'>,
  model: string,
  path = 'mlwright.yml',
): Promise<string[]> {
  if (!(await files.read(path))) return []
  const { datasets, models } = await readConfig(files, path)
  const meant = Object.hasOwn(models, model) ? [models[model]!] : Object.values(models)
  const columns = new Set<string>()
  for (const dataset of new Set(meant.map((each) => each.dataset))) {
    const contract = datasets[dataset]?.contract
    const known = contract === undefined ? [] : (await readContract(files, contract, dataset)).columns
    for (const { classification, name } of known) if (kept.has(classification?.toLowerCase() ?? '')) columns.add(name)
  }
  return [...columns]
}
