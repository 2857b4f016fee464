import { UserError } from '@mlwright/domain'

export type DataFormat = 'csv' | 'parquet' | 'jsonl'

/** A file of a dataset: its path in the repository, where it lies, and the git object id of its content. */
export interface DataFile {
  readonly path: string
  readonly absolute: string
  readonly oid: string
}

const formats: readonly [RegExp, DataFormat][] = [
  [/\.(csv|tsv|tab)(\.gz)?$/i, 'csv'],
  [/\.(parquet|pq)$/i, 'parquet'],
  [/\.(jsonl|ndjson|json)(\.gz)?$/i, 'jsonl'],
]

/** The format of a dataset's files by their names. Throws `UserError` INPUT_INVALID for an unknown or a mixed one. */
export function dataFormat(files: readonly DataFile[]): DataFormat {
  const found = files.map(({ path }) => {
    const format = formats.find(([pattern]) => pattern.test(path))?.[1]
    if (format) return format
    throw new UserError(
      'INPUT_INVALID',
      `${path} is no data file that mlwright reads; use .csv, .tsv, .jsonl (each also .gz) or .parquet.`,
    )
  })
  const other = found.findIndex((format) => format !== found[0])
  if (other > 0)
    throw new UserError(
      'INPUT_INVALID',
      `One dataset has one format, but ${files[0]!.path} and ${files[other]!.path} differ; narrow the path or glob.`,
    )
  return found[0]!
}
