import type { EncodedColumn } from '../columns/encoded-column.ts'
import type { TrainingSet } from '../training-set.ts'
import { calendarNodes } from './calendar-nodes.ts'
import type { Graph } from './graph.ts'

/** Adds what turns the inputs into one float `[N,1]` per encoded column: numbers, parts of dates, category codes. */
export function columnNodes(graph: Graph, set: TrainingSet, columns: readonly EncodedColumn[]): string[] {
  const calendars = new Map<number, ReturnType<typeof calendarNodes>>()
  return columns.map((column) => {
    const { name } = set.features[column.feature]!
    if (column.kind === 'category')
      return graph.node('LabelEncoder', [name], {
        domain: 'ai.onnx.ml',
        keys_strings: column.categories,
        values_floats: { floats: column.categories.map((_, index) => index + 1) },
        default_float: { float: NaN },
      })
    if (column.part === null) return name
    const calendar = calendars.get(column.feature) ?? calendarNodes(graph, name)
    calendars.set(column.feature, calendar)
    return calendar(column.part)
  })
}
