/** A run's id: UTC time, `-`, first 8 hex digits of the input digest: `20260511T093000Z-1a2b3c4d`. */
export function runId(started: Date, inputDigest: string): string {
  const time = started.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${time}-${inputDigest.slice(0, 8)}`
}

/** Whether text is a run id; anything else must not become a path. */
export function isRunId(text: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-f]{8}$/.test(text)
}

/** The Unix seconds that a run id begins with; NaN where they are no time. */
export function runTime(id: string): number {
  return Date.parse(id.slice(0, 16).replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5')) / 1000
}
