import { randomUUID } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import * as core from '@actions/core'
import type { Annotation, Runner } from '@mlwright/domain'

/** The runner shows ten annotations of a level per step; of the errors one place is kept for the step's own failure. */
const shown = { failure: 9, warning: 10, notice: 10 } as const
const commands = { failure: core.error, warning: core.warning, notice: core.notice } as const
const messageLimit = 4096
const summaryLimit = 1024 * 1024
const summaryCut = '\n\n*The rest is left out: a job summary holds 1 MiB.*\n'
const commandLike = /^\s*::|##\[/m

/** The runner of GitHub Actions, through its command files and log commands. */
export class ActionRunner implements Runner {
  readonly #printed = { failure: 0, warning: 0, notice: 0 }
  readonly #summaryFile: string | undefined
  #summaryBytes = 0
  /** The token that ends the text that is not ours; null while commands count. */
  #stopped: string | null = null
  #lineEnded = true

  constructor(environment: Readonly<Record<string, string | undefined>>, secrets: readonly string[]) {
    this.#summaryFile = environment.GITHUB_STEP_SUMMARY
    for (const secret of secrets) if (secret) core.setSecret(secret)
  }

  output(name: string, value: string): void {
    this.#resume()
    core.setOutput(name, value)
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
    core.info(line)
  }

  untrusted(chunk: string): void {
    if (chunk === '') return
    if (this.#stopped === null) {
      this.#stopped = randomUUID()
      core.info(`::stop-commands::${this.#stopped}`)
    }
    process.stdout.write(chunk)
    this.#lineEnded = chunk.endsWith('\n')
  }

  fail(message: string): void {
    this.#resume()
    core.setFailed(message)
  }

  #print({ level, title, message, location }: Annotation, more: string): void {
    const text =
      message.length + more.length > messageLimit ? `${message.slice(0, messageLimit - more.length - 1)}…` : message
    const place = location && { file: location.file, startLine: location.line, startColumn: location.column }
    commands[level](`${text}${more}`, { title, ...place })
  }

  #resume(): void {
    if (this.#stopped === null) return
    core.info(`${this.#lineEnded ? '' : '\n'}::${this.#stopped}::`)
    this.#stopped = null
    this.#lineEnded = true
  }
}

/** The whole lines that fit into so many bytes. */
function linesWithin(text: string, bytes: number): string {
  const cut = Buffer.from(text).subarray(0, bytes)
  return cut.subarray(0, cut.lastIndexOf(10) + 1).toString()
}
