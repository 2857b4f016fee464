import type { Comparison } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { fmtChange, fmtCount, fmtInterval, fmtLevel, fmtLimit, fmtNumber, plural } from '../numbers.ts'

type Slice = Comparison['slices'][number]

const sliceName = (slice: Slice) => `${code(slice.column, 60)} = ${code(slice.value, 60)}`

function sliceTable(slices: readonly Slice[], level: string, context: Context): Block {
  return table(
    ['slice', 'rows', context.base, context.here, 'change', `${level} interval`],
    'lrrrrr',
    slices.map(({ primary, ...slice }) => [
      sliceName({ primary, ...slice }),
      fmtCount(slice.rows),
      fmtNumber(primary.baseline),
      fmtNumber(primary.candidate),
      primary.change === null
        ? 'undefined'
        : `${fmtChange(primary.change, primary.candidate ?? undefined)}${primary.noise ? ' within noise' : ''}`,
      fmtInterval(primary.low, primary.high, { signed: true, scale: primary.candidate }),
    ]),
  )
}

/** The slices in which the primary metric got worse beyond noise, in sight; all the others folded. */
export function slices(comparison: Comparison, primary: string, context: Context): Block[] {
  const all = comparison.slices
  if (all.length === 0) return []
  const level = fmtLevel(comparison.level)
  const worse = all.filter((slice) => slice.primary.better === false && !slice.primary.noise)
  const rest = all.filter((slice) => !worse.includes(slice))
  const folded = (some: readonly Slice[], title: string) =>
    some.length > 0 ? [details(title, [sliceTable(some, level, context)])] : []
  if (worse.length === 0) {
    const text = `**Slices.** ${code(primary)} got worse beyond noise in none of the ${plural(all.length, 'slice')} compared.`
    return [paragraph(text), ...folded(all, plural(all.length, 'slice'))]
  }
  const chance = (1 - comparison.level) / 2
  const byChance =
    all.length >= 10
      ? ` With this many slices, about ${fmtLimit(Math.round(all.length * chance * 10) / 10)} would by chance alone.`
      : ''
  return [
    paragraph(
      `**Slices.** ${code(primary)} got worse beyond noise in ${fmtCount(worse.length)} of ${plural(all.length, 'slice')}.${byChance}`,
    ),
    sliceTable(worse.slice(0, 5), level, context),
    ...folded(worse.slice(5), `${plural(worse.length - 5, 'more slice')} that got worse`),
    ...folded(rest, `${plural(rest.length, 'slice')} that did not get worse`),
  ]
}
