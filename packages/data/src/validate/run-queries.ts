import type { CageAnswer, Engine } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName } from '../sql/quote.ts'

export interface QueryLimits {
  readonly seconds: number
  readonly megabytes: number
}

/** Answers a contract's own query in the cage, where the dataset is a view under each of its names. */
export async function runQuery(
  engine: Engine,
  opened: OpenDataset,
  names: readonly string[],
  query: string,
  limits: QueryLimits,
): Promise<CageAnswer> {
  const distinct = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()]
  return engine.caged({
    files: opened.files.map((file) => file.absolute),
    prepare: distinct.map((name) => `CREATE VIEW ${quoteName(name)} AS SELECT * FROM ${opened.from}`),
    query,
    ...limits,
  })
}
