import type { Comparison, Config, Ports } from '@mlwright/domain'
import type { StoredRun } from '@mlwright/tracking'
import { compareWithChampion } from '../common/champion.ts'
import { localPaths } from '../common/local-records.ts'
import { scratchFiles } from './scratch-files.ts'

const folder = '.mlwright/diff'

export interface ComparedVersion {
  readonly version: string
  readonly stored: StoredRun
}

/** Two versions on the rows that both were tested on, from stored predictions; a sentence where that is not possible. */
export async function compareVersions(
  ports: Pick<Ports, 'engine' | 'files'>,
  config: Config | null,
  from: ComparedVersion,
  to: ComparedVersion,
): Promise<Comparison | string> {
  const without = [from, to].filter(({ stored }) => stored.predictions === null).map(({ version }) => version)
  if (without.length > 0) return `The predictions of ${without.join(' and ')} are not stored`
  if (!config?.models[to.stored.run.model])
    return `The configuration of ${to.version} cannot be read here, and it says which metrics count`
  const files = scratchFiles(ports.files, folder)
  try {
    const { predictions, run } = to.stored
    await files.write(`${localPaths.run(run.id)}/predictions.parquet`, predictions!)
    const compared = await compareWithChampion({ engine: ports.engine, files }, config, run, from)
    return compared ?? 'The predictions cannot be compared'
  } finally {
    await ports.files.remove(folder)
  }
}
