import type { Files, Ports } from '@mlwright/domain'

/** Larger files are not read: a record is small, and what another job wrote is not trusted. */
const largestRecord = 64 * 2 ** 20

async function checkSizes(files: Files): Promise<void> {
  for (const path of await files.glob('.mlwright/**/*.json')) {
    const bytes = await files.read(path)
    if (bytes && bytes.length > largestRecord) await files.remove(path)
  }
}

/** In a publishing job, fetches what the judging job wrote; false where there is nothing to publish. */
export async function receive(
  ports: Pick<Ports, 'artifacts' | 'files' | 'event' | 'runner'>,
  artifact: string,
): Promise<boolean> {
  const { artifacts, event, files, runner } = ports
  await files.remove('.mlwright')
  if (!(await artifacts.download(artifact, files.absolute('.mlwright'), event.origin?.run))) {
    runner.log(`There is no artifact ${artifact} to publish.`)
    return false
  }
  await checkSizes(files)
  return true
}
