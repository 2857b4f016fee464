import type { Ports } from '@mlwright/domain'

const root = '.mlwright/'

/** Hands files below `.mlwright/` to another job: those that match one of the patterns. */
export async function upload(
  { artifacts, files }: Pick<Ports, 'artifacts' | 'files'>,
  artifact: string,
  patterns: readonly string[],
): Promise<void> {
  const found = await Promise.all(patterns.map((pattern) => files.glob(pattern)))
  const paths = found.flat().map((path) => path.slice(root.length))
  await artifacts.upload(artifact, files.absolute(root), paths)
}
