import { openDataset, profileTable } from '@mlwright/data'
import type { Ports, Profile } from '@mlwright/domain'
import { type DataFile, dataFiles } from './project.ts'

/**
 * The profile of a dataset's columns (default: all) as a release attaches it for later monitoring. Throws `UserError`
 * FILE_MISSING where no file matches, DATA_UNUSABLE where one is damaged.
 */
export async function profileColumns(
  ports: Pick<Ports, 'engine' | 'files' | 'git'>,
  dataset: { readonly name: string; readonly source: string | readonly DataFile[] },
  columns?: readonly string[],
): Promise<Profile> {
  const files = typeof dataset.source === 'string' ? await dataFiles(ports, dataset.source) : dataset.source
  const opened = await openDataset(ports.engine, { name: dataset.name, files })
  const kept = columns && new Set(columns)
  return profileTable(ports.engine, {
    ...opened,
    dataset: { ...opened.dataset, columns: opened.dataset.columns.filter(({ name }) => kept?.has(name) ?? true) },
  })
}
