import { UserError } from '@mlwright/domain'

/** One line of a dump. */
export interface MetricSample {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
}

/** A dump of metrics in Prometheus' text format. */
export interface Exposition {
  /** `counter`, `gauge`, `histogram`, `summary`, by the name of the family. */
  readonly types: ReadonlyMap<string, string>
  readonly samples: readonly MetricSample[]
  /** The newest time of a sample, milliseconds since 1970; null where none has one. */
  readonly time: number | null
}

const escapes: Readonly<Record<string, string>> = { n: '\n', '"': '"', '\\': '\\' }
const unescaped = (text: string) => text.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? `\\${letter}`)

const quoted = /"((?:[^"\\]|\\.)*)"/y
const nameOnly = /[A-Za-z_:][\w:.]*/y
const space = /[ \t]*/y

/** Reads one line from left to right. */
class Cursor {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  /** A mark, with the space around it. */
  mark(mark: string): boolean {
    this.take(space)
    if (!this.#text.startsWith(mark, this.#at)) return false
    this.#at += mark.length
    this.take(space)
    return true
  }

  text(): string | null {
    const found = this.take(quoted)
    return found ? unescaped(found[1]!) : null
  }

  rest(): string {
    return this.#text.slice(this.#at)
  }
}

/** `{a="b",c="d"}`; a quoted text without a value is the metric's own name. */
function readLabels(cursor: Cursor): { name: string | null; labels: Map<string, string> } | null {
  const labels = new Map<string, string>()
  let name: string | null = null
  while (!cursor.mark('}')) {
    const own = cursor.text()
    const key = own ?? cursor.take(nameOnly)?.[0]
    if (key === undefined) return null
    if (cursor.mark('=')) {
      const value = cursor.text()
      if (value === null) return null
      labels.set(key, value)
    } else if (own !== null && name === null) name = own
    else return null
    if (cursor.mark(',')) continue
    if (!cursor.mark('}')) return null
    break
  }
  return { name, labels }
}

function numberOf(text: string): number | null {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return Number.NaN
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null
}

function readSample(line: string): (MetricSample & { readonly time: number | null }) | null {
  const cursor = new Cursor(line)
  const plain = cursor.take(nameOnly)?.[0] ?? null
  const braces = cursor.mark('{') ? readLabels(cursor) : { name: null, labels: new Map<string, string>() }
  const name = plain ?? braces?.name
  if (!braces || name == null) return null
  // What follows a `#` is an exemplar.
  const [number, time, ...more] = cursor
    .rest()
    .replace(/\s#\s.*$/, '')
    .trim()
    .split(/[ \t]+/)
  const value = numberOf(number ?? '')
  const at = time === undefined ? null : numberOf(time)
  if (value === null || more.length > 0 || (time !== undefined && at === null)) return null
  return { name, labels: braces.labels, value, time: at }
}

/**
 * Parses Prometheus' text format 0.0.4 and OpenMetrics 1.0, whose times are seconds. Throws `UserError` DATA_UNUSABLE
 * for a line that is neither, named by its number and the path.
 */
export function parseExposition(text: string, path: string): Exposition {
  const types = new Map<string, string>()
  const samples: MetricSample[] = []
  let newest: number | null = null
  let openMetrics = false
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '') continue
    if (line.startsWith('#')) {
      const [, keyword, name, type] = line.split(/[ \t]+/)
      if (keyword === 'TYPE' && name !== undefined && type !== undefined) types.set(name, type)
      if (line === '# EOF') openMetrics = true
      continue
    }
    const sample = readSample(line)
    if (!sample)
      throw new UserError(
        'DATA_UNUSABLE',
        `Line ${index + 1} of ${path} is no sample of Prometheus' text format; store what the server answers at /metrics as it is.`,
      )
    samples.push({ name: sample.name, labels: sample.labels, value: sample.value })
    if (sample.time !== null) newest = Math.max(newest ?? -Infinity, sample.time)
  }
  return { types, samples, time: newest !== null && openMetrics ? newest * 1000 : newest }
}
