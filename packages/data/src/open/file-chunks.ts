import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** The bytes of a file, unpacked where its name ends in .gz. */
export async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path)
  const stream = path.toLowerCase().endsWith('.gz') ? file.pipe(createGunzip()) : file
  file.on('error', (error) => stream.destroy(error))
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } finally {
    stream.destroy()
    file.destroy()
  }
}

const newline = 10

/** The line (from 1) at a byte offset of the unpacked file. */
export async function lineAtByte(path: string, offset: number): Promise<number> {
  let line = 1
  let at = 0
  for await (const chunk of fileChunks(path)) {
    const part = chunk.subarray(0, Math.max(0, offset - at))
    for (let i = part.indexOf(newline); i >= 0; i = part.indexOf(newline, i + 1)) line++
    at += chunk.length
    if (at >= offset) break
  }
  return line
}
