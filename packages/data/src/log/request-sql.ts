/**
 * SQL that is a column's time in milliseconds since 1970 UTC, NULL where it is none: a timestamp, ISO 8601 with or
 * without a zone (then UTC), or a number of seconds, milli-, micro- or nanoseconds.
 */
export function timeSql(column: string): string {
  const text = `CAST(${column} AS VARCHAR)`
  const zoned = `regexp_matches(${text}, ':[0-9.]+ ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$')`
  const colon = `regexp_replace(${text}, '([+-][0-9]{2})([0-9]{2})$', '\\1:\\2')`
  const moment = `CASE WHEN ${zoned} THEN epoch_ms(TRY_CAST(${colon} AS TIMESTAMPTZ)) ELSE epoch_ms(TRY_CAST(${text} AS TIMESTAMP)) END`
  const number = `TRY_CAST(${column} AS DOUBLE)`
  const since = `CASE WHEN ${number} > 1e17 THEN ${number} / 1e6 WHEN ${number} > 1e14 THEN ${number} / 1e3 WHEN ${number} > 1e11 THEN ${number} WHEN ${number} > 1e8 THEN ${number} * 1e3 END`
  return `coalesce(CAST(${moment} AS DOUBLE), ${since})`
}

/** SQL that is true where a request failed: its status is 5xx or says so, or it has an error; null where there is neither column. */
export function failedSql(status: string | null, error: string | null): string | null {
  const failed = [
    ...(status === null ? [] : [`regexp_matches(lower(${status}), '^5[0-9][0-9]$|error|fail|timeout')`]),
    ...(error === null ? [] : [`lower(${error}) NOT IN ('', 'false', '0', 'null', 'none')`]),
  ]
  return failed.length === 0 ? null : failed.map((sql) => `coalesce(${sql}, false)`).join(' OR ')
}
