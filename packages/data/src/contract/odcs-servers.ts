import { z } from 'zod'
import type { ContractSource } from './contract-source.ts'

/** Keys of a server by its type, as ODCS v3.1 has them; `!` marks those that it needs. */
const keysOf: Readonly<Record<string, string>> = {
  api: 'location!',
  athena: 'stagingDir! schema! catalog regionName',
  azure: 'location! format! delimiter',
  bigquery: 'project! dataset!',
  clickhouse: 'host! port! database!',
  cloudsql: 'host! port! database! schema!',
  custom:
    'account catalog database dataset delimiter endpointUrl format host location path port project region regionName schema serviceName stagingDir warehouse',
  databricks: 'host catalog! schema!',
  db2: 'host! port! database! schema',
  denodo: 'host! port! database',
  dremio: 'host! port! schema',
  duckdb: 'database! schema',
  glue: 'account! database! location format',
  hive: 'host! port database!',
  impala: 'host! port! database!',
  informix: 'host! port database!',
  kafka: 'host! format',
  kinesis: 'region format',
  local: 'path! format!',
  mysql: 'host! port! database!',
  oracle: 'host! port! serviceName!',
  postgres: 'host! port! database! schema!',
  postgresql: 'host! port! database! schema!',
  presto: 'host! catalog schema',
  pubsub: 'project!',
  redshift: 'host database! schema! region account',
  s3: 'location! endpointUrl format delimiter',
  sftp: 'location! format delimiter',
  snowflake: 'host port account! database! schema! warehouse',
  sqlserver: 'host! port database! schema!',
  synapse: 'host! port! database!',
  trino: 'host! port! catalog! schema!',
  vertica: 'host! port! database! schema!',
  zen: 'host! port database!',
}

const common = {
  id: z.string().optional(),
  server: z.string(),
  description: z.string().optional(),
  environment: z.string().optional(),
  roles: z.array(z.looseObject({ role: z.string() })).optional(),
  customProperties: z.array(z.looseObject({ property: z.string() })).optional(),
}
const names = Object.keys(keysOf) as [string, ...string[]]
const value = z.union([z.string(), z.number()])

function serverSchema(type: string): z.ZodType {
  const own = Object.fromEntries(
    (keysOf[type] ?? '')
      .split(' ')
      .map((key) => (key.endsWith('!') ? [key.slice(0, -1), value] : [key, value.optional()])),
  )
  return z.strictObject({ ...common, type: z.enum(names), ...own })
}

/** Checks the servers, which mlwright reads no data from. */
export function checkServers(source: ContractSource, servers: readonly unknown[]): void {
  for (const [index, server] of servers.entries()) {
    const type = (server as { type?: unknown } | null)?.type
    const known = typeof type === 'string' && type in keysOf
    const schema = known ? serverSchema(type) : z.looseObject({ ...common, type: z.enum(names) })
    source.read(['servers', index], schema)
  }
}
