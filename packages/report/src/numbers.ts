/** What stands where there is no number. */
export const none = '–'

const grouped = (text: string) => text.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',')

/** Fixed decimals with thousands separators and a real minus sign. */
function fixed(value: number, decimals: number): string {
  const text = grouped(Math.abs(value).toFixed(decimals))
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

/** Decimals that show about four digits; more for a value that would round to nothing. */
function decimalsOf(value: number): number {
  const size = Math.abs(value)
  if (size === 0) return 0
  if (size >= 1000) return 0
  if (size >= 1) return 3 - Math.floor(Math.log10(size))
  return size >= 0.001 ? 4 : Math.min(8, 1 - Math.floor(Math.log10(size)))
}

const power = (value: number) => value.toExponential(1).replace('-', '−').replace('e', ' × 10^').replace('+', '')

/** A measurement to about four significant digits: `0.8431`, `54.32`, `12,345`; `–` for none. */
export function fmtNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return none
  if (value !== 0 && Math.abs(value) < 1e-7) return power(value)
  return fixed(value, decimalsOf(value))
}

/** A number that somebody wrote down, as it was written: `0.8`, `1,000`. */
export function fmtLimit(value: number): string {
  return grouped(String(Number(value.toPrecision(10)))).replace('-', '−')
}

/** A signed difference with the decimals of the values beside it: `+0.0059`, `−0.0114`, `0`; `–` for none. */
export function fmtChange(change: number | null, scale = change ?? 0): string {
  if (change === null || !Number.isFinite(change)) return none
  if (change === 0) return '0'
  const wanted = Math.abs(change) >= 1000 ? 0 : decimalsOf(scale)
  const text = Number(change.toFixed(wanted)) === 0 ? fixed(change, leastDecimals(change)) : fixed(change, wanted)
  return change > 0 ? `+${text}` : text
}

/** Decimals that leave two significant digits, at most 9. */
const leastDecimals = (value: number) => Math.min(9, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value)))))

/** Both ends of an interval with the same decimals, `to` between them; ends of a change carry their sign and the decimals of the values beside it. */
export function fmtInterval(
  low: number | null,
  high: number | null,
  options: { readonly signed?: boolean; readonly scale?: number | null } = {},
): string {
  if (low === null || high === null) return none
  const ends = [low, high]
  let decimals = decimalsOf(options.scale || Math.max(...ends.map(Math.abs)))
  while (decimals < 7 && ends.some((end) => end !== 0 && Number(end.toFixed(decimals)) === 0)) decimals++
  return ends.map((end) => (options.signed && end > 0 ? `+${fixed(end, decimals)}` : fixed(end, decimals))).join(' to ')
}

/** A share from 0 to 1 in percent; never rounded to none or all. */
export function fmtPercent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return none
  if (share > 0 && share < 0.0001) return '<0.01%'
  if (share < 1 && share > 0.9999) return '>99.99%'
  const decimals = share === 0 || share === 1 ? 0 : share < 0.01 || share > 0.99 ? 2 : 1
  return `${fixed(share * 100, decimals)}%`
}

/** The level of an interval: `95%`, `99.5%`. */
export const fmtLevel = (level: number): string => `${fmtLimit(Number((level * 100).toFixed(4)))}%`

/** A score or a curve's coordinate, from 0 to 1, to three decimals. */
export const fmtScore = (score: number): string => fixed(score, 3)

/** An amount to the cent, whole from a thousand up. */
export function fmtAmount(amount: number | null): string {
  return amount === null || !Number.isFinite(amount) ? none : fixed(amount, Math.abs(amount) >= 1000 ? 0 : 2)
}

/** A whole number with thousands separators. */
export const fmtCount = (count: number): string => fixed(Math.round(count), 0)

/** A count with its noun: `1 row`, `1,409 rows`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${fmtCount(count)} ${count === 1 ? one : many}`
}

/** Seconds for people: `0.42 s`, `12.3 s`, `2 min 5 s`, `1 h 12 min`. */
export function fmtDuration(seconds: number): string {
  if (seconds < 1) return `${fixed(seconds, 2)} s`
  if (seconds < 59.95) return `${fixed(seconds, 1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${fmtCount(Math.floor(whole / 3600))} h ${Math.floor((whole % 3600) / 60)} min`
}

/** Bytes in decimal units: `412 B`, `145 kB`, `1.2 MB`. */
export function fmtBytes(bytes: number): string {
  if (bytes < 1000) return `${fmtCount(bytes)} B`
  const unit = Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** unit
  return `${fixed(amount, amount < 10 ? 1 : 0)} ${['B', 'kB', 'MB', 'GB'][unit]}`
}

/** Words joined as a sentence joins them: `a`, `a and b`, `a, b and c`. */
export function enumerate(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
