import type { Ports } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import type { ModelInputs } from '../common/model-inputs.ts'
import type { Fit } from '../common/run-record.ts'
import { sha256 } from '../common/sha256.ts'
import { readFit, writeFit } from './fit-files.ts'

const folderOf = (inputs: ModelInputs) => `.mlwright/cache/${inputs.inputDigest}`
const keyOf = (inputs: ModelInputs) => `mlwright-model-${inputs.inputDigest}`

/** What the same inputs gave before. On GitHub a hit counts only where a published record has the same model digest. */
export async function restoreFit(
  ports: Pick<Ports, 'cache' | 'files' | 'event'>,
  inputs: ModelInputs,
  records: Records,
): Promise<Fit | null> {
  const folder = folderOf(inputs)
  if (!(await ports.cache.restore(keyOf(inputs), ports.files.absolute(folder)))) return null
  const fit = await readFit(ports.files, folder)
  if (!fit?.model || ports.event.name === 'local') return fit
  const published = await records.withDigest(inputs.name, inputs.inputDigest)
  return published?.run.model_file?.digest === sha256(fit.model) ? fit : null
}

/** Keeps what a training gave for the next run with the same inputs. */
export async function saveFit(ports: Pick<Ports, 'cache' | 'files'>, inputs: ModelInputs, fit: Fit): Promise<void> {
  const folder = folderOf(inputs)
  await writeFit(ports.files, folder, fit)
  await ports.cache.save(keyOf(inputs), ports.files.absolute(folder))
}
