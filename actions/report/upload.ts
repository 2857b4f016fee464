import type { Ports } from '@mlwright/domain'

/** Uploads the records for the job that publishes them. */
export async function upload(
  { artifacts, files }: Pick<Ports, 'artifacts' | 'files'>,
  artifact: string,
): Promise<void> {
  const root = '.mlwright/'
  const patterns = [
    'validations/*.json',
    'problems/*.json',
    'runs/*/*',
    'latest/*',
    'baselines/*',
    'salt',
    'report.md',
    'report.html',
  ]
  const found = await Promise.all(patterns.map((pattern) => files.glob(root + pattern)))
  const paths = found.flat().map((path) => path.slice(root.length))
  await artifacts.upload(artifact, files.absolute(root), paths)
}
