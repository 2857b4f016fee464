import type { Exposition } from './parse-exposition.ts'

/** A histogram or summary of the time that requests take. */
export interface LatencyFamily {
  readonly name: string
  readonly type: 'histogram' | 'summary'
  /** Milliseconds of one unit. */
  readonly scale: number
}

const units: Readonly<Record<string, number>> = {
  seconds: 1000,
  milliseconds: 1,
  ms: 1,
  microseconds: 1e-3,
  us: 1e-3,
  nanoseconds: 1e-6,
  ns: 1e-6,
}

/** What is timed, the most telling word first. */
const words = [/request/, /http|grpc/, /predict|infer/, /duration|latency/]
/** Names of what is not the answer to a request. */
export const otherWork =
  /(^|_)(gc|queue|wait|scrape|batch|preprocess|postprocess|explain|client|compile|load|promhttp|feedback|shadow)(_|$)/

function rank(name: string): number {
  return words.reduce((sum, word, index) => sum + (word.test(name) ? 2 ** (words.length - index) : 0), 0)
}

/** The family that says most likely how long requests take, by its name and unit; null where there is none. */
export function latencyFamily({ types }: Exposition): LatencyFamily | null {
  const found = [...types].flatMap(([name, type]): LatencyFamily[] => {
    const scale = units[/_([a-z]+)$/.exec(name)?.[1] ?? '']
    if (scale === undefined || (type !== 'histogram' && type !== 'summary')) return []
    return otherWork.test(name) || rank(name) === 0 ? [] : [{ name, type, scale }]
  })
  return found.sort((a, b) => rank(b.name) - rank(a.name) || a.name.length - b.name.length)[0] ?? null
}
