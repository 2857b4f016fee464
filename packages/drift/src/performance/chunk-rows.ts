/** Fewer rows than this say nothing of a chunk, labelled or not. */
export const fewestRows = 20

/** Rows from..to in as many chunks of nearly equal size; fewer where there are fewer rows. */
export function chunkRows(rows: number, chunks: number): [from: number, to: number][] {
  const bounds = Array.from({ length: chunks + 1 }, (_, i) => Math.round((i * rows) / chunks))
  return bounds.slice(1).flatMap((to, i) => (to > bounds[i]! ? [[bounds[i]!, to] as [number, number]] : []))
}

/** The times of the first and the last row that have one, as ISO 8601; nothing where times are not known. */
export function chunkTimes(
  times: Float64Array | null | undefined,
  from: number,
  to: number,
): { readonly from?: string | null; readonly to?: string | null } {
  if (!times) return {}
  const known = times.subarray(from, to).filter((time) => !Number.isNaN(time))
  const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString())
  return { from: iso(known[0]), to: iso(known.at(-1)) }
}
