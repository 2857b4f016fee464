import { fit } from '@mlwright/learn'
import { describe, expect, it } from 'vitest'
import { calendarPart, calendarParts } from '../../../packages/learn/src/columns/calendar.ts'
import { score } from '../support/score.ts'

describe('calendarPart', () => {
  it('agrees with Date on month, day, weekday and hour from 1600 to 2400', () => {
    for (let days = -135_140; days < 157_000; days += 37.25) {
      const date = new Date(days * 86_400_000)
      expect(calendarPart('month', days)).toBe(date.getUTCMonth() + 1)
      expect(calendarPart('day', days)).toBe(date.getUTCDate())
      expect(calendarPart('weekday', days)).toBe((date.getUTCDay() + 6) % 7)
      expect(calendarPart('hour', days)).toBe(date.getUTCHours())
    }
  })

  it('counts the days of the year from 1 March, so that a date keeps its number in leap years', () => {
    const days = (text: string) => Date.parse(text) / 86_400_000
    expect(calendarPart('day_of_year', days('2023-03-01'))).toBe(0)
    expect(calendarPart('day_of_year', days('2024-12-25'))).toBe(calendarPart('day_of_year', days('2023-12-25')))
    expect(calendarPart('day_of_year', days('2024-02-29'))).toBe(365)
  })

  it('leaves missing dates missing', () => {
    for (const part of calendarParts) expect(calendarPart(part, Number.NaN)).toBeNaN()
  })

  it('is computed alike in the graph: trees learn a weekday, a month and an hour exactly', async () => {
    const rows = 4000
    const values = Float64Array.from({ length: rows }, (_, row) => -9000 + row * 9.41)
    const labels = values.map((days) => {
      const date = new Date(days * 86_400_000)
      return (date.getUTCDay() === 6 ? 5 : 0) + (date.getUTCMonth() === 1 ? 3 : 0) + (date.getUTCHours() < 8 ? 1 : 0)
    })
    const table = { rows, columns: new Map([['when', { type: 'date', values } as const]]) }
    const set = {
      table,
      rows: Int32Array.from({ length: rows }, (_, row) => row),
      validation: new Int32Array(),
      labels,
      task: 'regression' as const,
      classes: [],
      features: [{ name: 'when', type: 'date' as const }],
    }
    const { model } = await fit('gradient-boosting', { learning_rate: 0.5, min_leaf: 1 }, 7, set, {})
    const { values: predicted } = await score(model, table, set.rows)
    const wrong = predicted.filter((value, row) => Math.abs(value - labels[row]!) > 0.01)
    expect(wrong.length).toBe(0)
  })
})
