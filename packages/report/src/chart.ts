export interface Chart {
  readonly title: string
  readonly x: string
  readonly y: string
  /** Evenly spaced x, and y of each line at them; every y from 0 to `top`. */
  readonly grid: readonly number[]
  /** Default: 1. */
  readonly top?: number
  readonly lines: readonly { readonly name: string; readonly y: readonly number[] }[]
}

/** Evenly spaced numbers from `from` to `to`, both included. */
export const evenGrid = (steps: number, from = 0, to = 1): number[] =>
  Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps)

/**
 * Values of a curve on a grid, linear between its points; of several points at one x the last one counts, as a step curve reads.
 * Beyond the ends the nearest point stands.
 */
export function resample(points: readonly (readonly [number, number])[], grid: readonly number[]): number[] {
  const sorted = points
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .map(([x, y], index) => ({ x, y, index }))
    .sort((a, b) => a.x - b.x || a.index - b.index)
  if (sorted.length === 0) return grid.map(() => 0)
  let next = 0
  return grid.map((x) => {
    while (next < sorted.length && sorted[next]!.x <= x) next++
    const left = sorted[next - 1]
    const right = sorted[next]
    if (!left) return right!.y
    if (!right || left.x === x) return left.y
    return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x)
  })
}

const label = (text: string) => text.replace(/[^A-Za-z0-9 _.-]/g, ' ').slice(0, 60)
const round = (value: number) => Number(value.toFixed(4))
const numbers = (values: readonly number[]) => values.map(round).join(', ')

/** Colours of the lines in their order, with the mark that stands for each in text. */
export const palette = [
  { mark: '🔵', colour: '#218bff' },
  { mark: '🟠', colour: '#e16f24' },
  { mark: '⚪', colour: '#8c959f' },
] as const

/** The colour of a line; the diagonal that others are compared with is grey. */
export const colourOf = (name: string, index: number): string =>
  (name === 'diagonal' ? palette[2] : (palette[index] ?? palette[2])).colour

/** The chart as a Mermaid xychart, which draws lines on an even grid and has no legend: the text above it has one. */
export function mermaid(chart: Chart): string {
  const colours = chart.lines.map((line, index) => colourOf(line.name, index))
  return [
    `%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "${colours.join(', ')}"}}}}%%`,
    'xychart-beta',
    `    title "${label(chart.title)}"`,
    `    x-axis "${label(chart.x)}" ${round(chart.grid[0] ?? 0)} --> ${round(chart.grid.at(-1) ?? 1)}`,
    `    y-axis "${label(chart.y)}" 0 --> ${round(chart.top ?? 1)}`,
    ...chart.lines.map((line) => `    line [${numbers(line.y)}]`),
  ].join('\n')
}
