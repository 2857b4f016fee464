import { type OpenDataset, readNumbers } from '@mlwright/data'
import type { Engine, Profile } from '@mlwright/domain'
import { type ExactNumbers, exactNumbers } from '@mlwright/drift'

/** Values of both tables that are held at a time. */
const megabytes = 128

/** Tests on the values themselves for every number that both tables have, some columns at a time. */
export async function exactColumns(
  engine: Engine,
  tables: readonly [reference: OpenDataset, current: OpenDataset],
  profiles: readonly [reference: Profile, current: Profile],
  ignore: ReadonlySet<string>,
): Promise<Map<string, ExactNumbers>> {
  const [before, now] = profiles.map(
    ({ columns }) =>
      new Set(columns.filter(({ type, count }) => type === 'number' && count > 0).map(({ name }) => name)),
  ) as [Set<string>, Set<string>]
  const columns = tables[0].dataset.columns.filter(({ name }) => before.has(name) && now.has(name) && !ignore.has(name))
  const rows = tables[0].dataset.rows + tables[1].dataset.rows
  const atATime = Math.max(1, Math.floor((megabytes * 2 ** 20) / (8 * rows)))
  const results = new Map<string, ExactNumbers>()
  for (let start = 0; start < columns.length; start += atATime) {
    const slice = columns.slice(start, start + atATime)
    const reference = await readNumbers(engine, tables[0], slice)
    const current = await readNumbers(engine, tables[1], slice)
    for (const [i, { name }] of slice.entries()) results.set(name, exactNumbers(reference[i]!, current[i]!))
  }
  return results
}
