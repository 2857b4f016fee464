import type { ColumnProfile, Profile } from '@mlwright/domain'
import { countInBins, tally } from '@mlwright/stats'
import { jointSums } from '../../packages/data/src/profile/joint-sums.ts'

function edgesOf(values: ArrayLike<number>): number[] {
  const { values: distinct } = tally(values)
  if (distinct.length <= 256) return [...distinct]
  const sorted = Float64Array.from(values).sort()
  return [...new Set(Array.from({ length: 255 }, (_, k) => sorted[Math.ceil(((k + 1) / 256) * sorted.length) - 1]!))]
}

/** A profile of numbers, with what they say together; on the edges and in the measure of a reference where there is one. */
export function jointProfile(columns: Readonly<Record<string, ArrayLike<number>>>, reference?: Profile): Profile {
  const names = Object.keys(columns)
  const rows = columns[names[0]!]!.length
  const profiles = names.map((name): ColumnProfile => {
    const values = Float64Array.from(columns[name]!).filter(Number.isFinite)
    const edges = reference?.columns.find((column) => column.name === name)?.numbers?.edges ?? edgesOf(values)
    const sample = tally(values)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const numbers = {
      ...{ min: sample.values[0]!, max: sample.values.at(-1)!, mean, sd: 1, discrete: edges.length < 255 },
      ...{ edges: [...edges], counts: [...countInBins(sample, edges)] },
    }
    const facts = { name, type: 'number' as const, count: values.length, missing: rows - values.length, distinct: null }
    return { ...facts, numbers, categories: null }
  })
  const together = profiles.map(({ name, numbers }) => ({ name, numbers: columns[name]!, edges: numbers!.edges }))
  const dataset = { name: reference ? 'now' : 'before', digest: '' }
  return {
    kind: 'Profile',
    version: 1,
    dataset,
    rows,
    columns: profiles,
    joint: jointSums(together, reference?.joint ?? null),
  }
}
