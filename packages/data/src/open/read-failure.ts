import type { Finding } from '@mlwright/domain'
import type { DataFile, DataFormat } from './data-format.ts'
import { fileFinding } from './raw-table.ts'
import { unreadableJson } from './unreadable-json.ts'

const names = { csv: 'CSV', parquet: 'Parquet', jsonl: 'JSON Lines' } as const

/** What a failed scan says of the files, in one sentence at the place where they break. */
export async function readFailure(files: readonly DataFile[], format: DataFormat, error: Error): Promise<Finding> {
  const said = error.message.split('\n')[0]!
  const file = files.find(({ absolute }) => said.includes(absolute)) ?? files[0]!
  const broken = format === 'jsonl' ? await unreadableJson(files) : null
  if (broken) return broken
  // DuckDB's own words would show the line's values.
  const twice = /in line (\d+): Object .* has duplicate key ("[^"]*")/.exec(said)
  if (twice) {
    const [, line, key] = twice
    const message = `${file.path} cannot be read at line ${line}: it has the key ${key} twice; rename or remove one.`
    return fileFinding('readable', message, { file: file.path, line: Number(line), column: 1 })
  }
  const why = files
    .reduce((text, { absolute, path }) => text.replaceAll(absolute, path), said)
    .replace(/^([A-Z]\w+ )+Error: /, '')
    .replace(/\.?$/, '.')
  const at = { file: file.path, line: 1, column: 1 }
  return fileFinding('readable', `${file.path} cannot be read as ${names[format]}: ${why.slice(0, 300)}`, at)
}
