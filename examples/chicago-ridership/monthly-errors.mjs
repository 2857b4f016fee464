import { DuckDBInstance } from '@duckdb/node-api'

/** The mean absolute error of a table of predictions, by month: `{ '2007-01': 0.71, … }`. */
export async function monthlyErrors(path) {
  const database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  const reader = await connection.runAndReadAll(
    `SELECT strftime(date, '%Y-%m'), avg(abs(prediction - riders)) FROM '${path.replaceAll("'", "''")}' GROUP BY 1 ORDER BY 1`,
  )
  const errors = Object.fromEntries(reader.getRows())
  connection.closeSync()
  database.closeSync()
  return errors
}
