/** How numbers and values that are not ours are written in Markdown: `import * as report from '@mlwright/report'` fits. */
export interface Writing {
  /** A value that is not ours as a code span, cut to `limit` characters. */
  code(value: string | null, limit?: number): string
  fmtNumber(value: number | null): string
  fmtChange(change: number | null, scale?: number): string
  fmtInterval(
    low: number | null,
    high: number | null,
    options?: { readonly signed?: boolean; readonly scale?: number | null },
  ): string
  fmtLevel(level: number): string
  fmtPercent(share: number | null): string
  fmtCount(count: number): string
  fmtBytes(bytes: number): string
  fmtDuration(seconds: number): string
  plural(count: number, one: string, many?: string): string
}
