import { type Ports, UserError } from '@mlwright/domain'
import { type DataFile, dataFiles } from '../common/project.ts'

/** The files of a path, a glob or a folder, of which every data file counts. Throws `UserError` FILE_MISSING. */
export async function dataOf(data: string, ports: Pick<Ports, 'files' | 'git'>): Promise<DataFile[]> {
  const folder = data.replace(/\/+$/, '')
  const inside = await ports.files.glob(`${folder}/**/*.{parquet,pq,csv,tsv,tab,jsonl,ndjson,csv.gz,tsv.gz,jsonl.gz}`)
  if (inside.length === 0) return dataFiles(ports, data)
  const first = inside[0]!.replace(/^.*?\.(?=[^/]*$)/, '')
  const other = inside.find((path) => !path.endsWith(`.${first}`))
  if (other !== undefined)
    throw new UserError('INPUT_INVALID', `${folder} holds ${inside[0]} and ${other}; name one format with a glob.`)
  const oids = await ports.git.blobs(inside)
  return inside.map((path, at) => ({ path, absolute: ports.files.absolute(path), oid: oids[at]! }))
}
