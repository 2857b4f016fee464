import type { DatasetColumn } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'

/** Columns of one scan. */
export interface ScanWidth {
  readonly parquet: number
  /** Where every scan reads all columns. */
  readonly other: number
}

/** Whether a scan reads only the columns that it asks for. */
export const isColumnar = ({ files }: OpenDataset): boolean => files.every(({ path }) => /\.parquet$/i.test(path))

/** The columns in groups of one scan each: narrow scans take less memory, and of Parquet hardly more time. */
export function scansOf(opened: OpenDataset, columns: readonly DatasetColumn[], { parquet, other }: ScanWidth) {
  const width = isColumnar(opened) ? parquet : other
  const scans: { readonly start: number; readonly columns: readonly DatasetColumn[] }[] = []
  for (let start = 0; start < columns.length; start += width)
    scans.push({ start, columns: columns.slice(start, start + width) })
  return scans
}
