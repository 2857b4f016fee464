import { resolve } from 'node:path'
import { type LineSink, rotatingFile, type ServerOptions } from '@mlwright/serving'

/** Where the prediction log goes and what stands in it. */
export async function logOptions(
  given: {
    readonly log?: string | undefined
    readonly logSample: number
    readonly logRedact?: string | undefined
    readonly logMegabytes: number
    readonly logKeep: number
  },
  folder: string,
  output: LineSink,
  classified: () => Promise<readonly string[]>,
): Promise<ServerOptions['log']> {
  if (given.log === undefined) return null
  const redact =
    given.logRedact === undefined
      ? await classified()
      : given.logRedact
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
  const file = () =>
    rotatingFile(resolve(folder, given.log!), { bytes: given.logMegabytes * 2 ** 20, keep: Math.round(given.logKeep) })
  return { sink: given.log === '-' ? output : file(), sample: given.logSample, redact }
}
