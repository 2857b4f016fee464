import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../../packages/cli/src/main.ts'

/** Keeps what is written to it. */
export class Sink extends Writable {
  text = ''
  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'mlwright-cli-'))

/** Types a command in a folder. */
export async function type(folder: string, ...argv: string[]) {
  const stdout = new Sink()
  const stderr = new Sink()
  const script = fileURLToPath(import.meta.url)
  const code = await main(argv, { folder, environment: {}, script, stdin: Readable.from([]), stdout, stderr })
  return { code, stdout: stdout.text, stderr: stderr.text }
}
