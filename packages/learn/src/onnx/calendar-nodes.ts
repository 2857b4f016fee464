import { TensorProto_DataType as DataType } from 'onnx-buf'
import type { CalendarPart } from '../columns/calendar.ts'
import type { Graph } from './graph.ts'
import { doubleTensor } from './tensors.ts'

/** Adds the nodes that split dates (double `[N,1]`, days since 1970-01-01) into float parts; `calendarPart` mirrors them. */
export function calendarNodes(graph: Graph, input: string): (part: CalendarPart) => string {
  const constants = new Map<number, string>()
  const number = (value: number) => {
    const known = constants.get(value) ?? graph.constant(doubleTensor([value], [1, 1]))
    constants.set(value, known)
    return known
  }
  const add = (a: string, b: number) => graph.node('Add', [a, number(b)])
  const plus = (a: string, b: string) => graph.node('Add', [a, b])
  const minus = (a: string, b: string) => graph.node('Sub', [a, b])
  const times = (a: string, b: number) => graph.node('Mul', [a, number(b)])
  const floor = (a: string) => graph.node('Floor', [a])
  const whole = (a: string, b: number) => floor(graph.node('Div', [a, number(b)]))
  const float = (a: string) => graph.node('Cast', [a], { to: DataType.FLOAT })
  const once = (make: () => string) => {
    let made: string | null = null
    return () => {
      made ??= make()
      return made
    }
  }

  const date = once(() => floor(input))
  const ofYear = once(() => {
    const shifted = add(date(), 719468)
    const ofEra = minus(shifted, times(whole(shifted, 146097), 146097))
    const leaps = plus(minus(ofEra, whole(ofEra, 1460)), whole(ofEra, 36524))
    const year = whole(minus(leaps, whole(ofEra, 146096)), 365)
    return minus(ofEra, minus(plus(times(year, 365), whole(year, 4)), whole(year, 100)))
  })
  const fromMarch = once(() => whole(add(times(ofYear(), 5), 2), 153))
  const parts: Record<CalendarPart, () => string> = {
    days: () => input,
    hour: () => times(minus(input, date()), 24),
    weekday: () => {
      const shifted = add(date(), 3)
      return minus(shifted, times(whole(shifted, 7), 7))
    },
    day_of_year: ofYear,
    month: () => minus(add(fromMarch(), 3), times(whole(fromMarch(), 10), 12)),
    day: () => add(minus(ofYear(), whole(add(times(fromMarch(), 153), 2), 5)), 1),
  }
  return (part) => float(parts[part]())
}
