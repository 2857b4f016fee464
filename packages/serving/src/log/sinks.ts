import { write } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { LineSink } from './line-writer.ts'

const again = 5

/**
 * A file descriptor, such as standard output, written by Node's thread pool: a stream on a pipe would block the event
 * loop while its reader is slow.
 */
export function descriptorSink(descriptor: number): LineSink {
  const part = (bytes: Buffer) =>
    new Promise<number>((resolve, reject) => {
      write(descriptor, bytes, 0, bytes.length, null, (error, written) => {
        if (!error) resolve(written)
        else if (error.code === 'EAGAIN') setTimeout(resolve, again, 0)
        else reject(error)
      })
    })
  return {
    async write(chunk) {
      let bytes = chunk
      while (bytes.length > 0) bytes = bytes.subarray(await part(bytes))
    },
    async close() {},
  }
}

/** A stream of Node's. */
export function streamSink(stream: NodeJS.WritableStream): LineSink {
  return {
    write: (chunk) =>
      new Promise((resolve, reject) => {
        stream.write(chunk, (error) => (error ? reject(error) : resolve()))
      }),
    async close() {},
  }
}

/** Appends to a file; one that reaches `bytes` becomes `<path>.1`, the older ones move on, and `keep` of them stay. */
export function rotatingFile(path: string, options: { readonly bytes: number; readonly keep: number }): LineSink {
  let file: FileHandle | null = null
  let size = 0
  async function reopen(): Promise<FileHandle> {
    await mkdir(dirname(path), { recursive: true })
    file = await open(path, 'a')
    size = (await file.stat()).size
    return file
  }
  async function rotate(): Promise<void> {
    await file?.close()
    file = null
    await rm(`${path}.${options.keep}`, { force: true })
    for (let at = options.keep - 1; at >= 1; at--) await rename(`${path}.${at}`, `${path}.${at + 1}`).catch(() => {})
    await rename(path, `${path}.1`)
  }
  return {
    async write(chunk) {
      let open = file ?? (await reopen())
      if (size > 0 && size + chunk.length > options.bytes) {
        await rotate()
        open = await reopen()
      }
      const { bytesWritten } = await open.write(chunk)
      size += bytesWritten
    },
    async close() {
      await file?.close()
      file = null
    },
  }
}
