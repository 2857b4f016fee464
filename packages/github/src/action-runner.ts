import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import type { Annotation, Runner } from '@mlwright/domain'
import { fileCommand, runnerCommand } from './runner-command.ts'

/** The runner shows ten annotations of a level per step; of the errors one place is kept for the step's own failure. */
const shown = { failure: 9, warning: 10, notice: 10 } as const
const commands = { failure: 'error', warning: 'warning', notice: 'notice' } as const
const messageLimit = 4096
const summaryLimit = 1024 * 1024
const summaryCut = '\n\n*The rest is left out: a job summary holds 1 MiB.*\n'
const commandLike = /^\s*::|##\[/m

/**
 * The runner of GitHub Actions, through its command files and log commands
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands). Written out here because
 * `@actions/core` brings an HTTP client with it, which takes as long to load as Node.js itself.
 */
export class ActionRunner implements Runner {
  readonly #printed = { failure: 0, warning: 0, notice: 0 }
  readonly #outputFile: string | undefined
  readonly #summaryFile: string | undefined
  #summaryBytes = 0
  /** The token that ends the text that is not ours; null while commands count. */
  #stopped: string | null = null
  #lineEnded = true

  constructor(environment: Readonly<Record<string, string | undefined>>, secrets: readonly string[]) {
    this.#outputFile = environment.GITHUB_OUTPUT
    this.#summaryFile = environment.GITHUB_STEP_SUMMARY
    for (const secret of secrets) if (secret) write(runnerCommand('add-mask', {}, secret))
  }

  output(name: string, value: string): void {
    this.#resume()
    if (this.#outputFile) appendFileSync(this.#outputFile, fileCommand(name, value))
  }

  async summary(markdown: string): Promise<void> {
    if (!this.#summaryFile) return
    const room = summaryLimit - this.#summaryBytes - Buffer.byteLength(summaryCut)
    if (room <= 0) return
    const text = Buffer.byteLength(markdown) <= room ? markdown : `${linesWithin(markdown, room)}${summaryCut}`
    this.#summaryBytes += Buffer.byteLength(text)
    await appendFile(this.#summaryFile, text)
  }

  annotate(annotations: readonly Annotation[]): void {
    this.#resume()
    for (const level of ['failure', 'warning', 'notice'] as const) {
      const ofLevel = annotations.filter((annotation) => annotation.level === level)
      const room = shown[level] - this.#printed[level]
      const hidden = Math.max(0, ofLevel.length - room)
      ofLevel.slice(0, Math.max(0, room)).forEach((annotation, index) => {
        const more = hidden > 0 && index === room - 1 ? ` (and ${hidden} more, which the report lists)` : ''
        this.#print(annotation, more)
      })
      this.#printed[level] += Math.min(ofLevel.length, Math.max(0, room))
    }
  }

  log(line: string): void {
    if (commandLike.test(line)) {
      this.untrusted(`${line}\n`)
      return
    }
    this.#resume()
    write(`${line}\n`)
  }

  untrusted(chunk: string): void {
    if (chunk === '') return
    if (this.#stopped === null) {
      this.#stopped = randomUUID()
      write(runnerCommand('stop-commands', {}, this.#stopped))
    }
    write(chunk)
    this.#lineEnded = chunk.endsWith('\n')
  }

  fail(message: string): void {
    this.#resume()
    write(runnerCommand('error', {}, message))
    process.exitCode = 1
  }

  #print({ level, title, message, location }: Annotation, more: string): void {
    const text =
      message.length + more.length > messageLimit ? `${message.slice(0, messageLimit - more.length - 1)}…` : message
    const place = location && { file: location.file, line: location.line, col: location.column }
    write(runnerCommand(commands[level], { title, ...place }, `${text}${more}`))
  }

  #resume(): void {
    if (this.#stopped === null) return
    write(`${this.#lineEnded ? '' : '\n'}::${this.#stopped}::\n`)
    this.#stopped = null
    this.#lineEnded = true
  }
}

function write(text: string): void {
  process.stdout.write(text)
}

/** The whole lines that fit into so many bytes. */
function linesWithin(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, bytes)
  return cut.subarray(0, cut.lastIndexOf(10) + 1).toString()
}
