import type { Ports } from '@mlwright/domain'
import { recordsArtifact } from './receive.ts'

/** Uploads the records for the job that publishes them. */
export async function upload({ artifacts, files }: Pick<Ports, 'artifacts' | 'files'>): Promise<void> {
  const root = '.mlwright/'
  const patterns = ['validations/*.json', 'runs/*/*', 'latest/*', 'baselines/*', 'salt', 'report.md', 'report.html']
  const found = await Promise.all(patterns.map((pattern) => files.glob(root + pattern)))
  const paths = found.flat().map((path) => path.slice(root.length))
  await artifacts.upload(recordsArtifact, files.absolute(root), paths)
}
