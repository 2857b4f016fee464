import type { Finding } from '@mlwright/domain'
import type { DataFile } from './data-format.ts'
import { fileChunks } from './file-chunks.ts'
import { fileFinding } from './raw-table.ts'

/** Whether a gzip file unpacks to its end and has the checksum that it names. */
async function unpacks(path: string): Promise<boolean> {
  const chunks = fileChunks(path)
  try {
    while (!(await chunks.next()).done);
    return true
  } catch {
    return false
  }
}

/** The files without those .gz that break off or are damaged, of which DuckDB reads in silence as much as there is. */
export async function wholeFiles(files: readonly DataFile[]): Promise<{ whole: DataFile[]; findings: Finding[] }> {
  const whole: DataFile[] = []
  const findings: Finding[] = []
  for (const file of files) {
    const { absolute, path } = file
    if (!/\.gz$/i.test(path) || (await unpacks(absolute))) whole.push(file)
    else {
      const message = `${path} is no whole gzip file; compress or fetch it again.`
      findings.push(fileFinding('readable', message, { file: path, line: 1, column: 1 }))
    }
  }
  return { whole, findings }
}
