import { expect, test } from 'vitest'
import { nameOf } from '../../actions/monitor/reference.ts'

test('a table is named after its file, and a pattern that names no file by itself', () => {
  expect(
    [
      'data/new.parquet',
      'new.csv.gz',
      'logs/2026-11-*.parquet',
      'logs/*.jsonl',
      '*.csv',
      'données/été.csv',
      '数据.csv',
    ].map(nameOf),
  ).toEqual(['new', 'new', '2026-11-*', 'logs/*.jsonl', '*.csv', 'été', '数据'])
})
