import type { DuckDBInstance } from '@duckdb/node-api'
import type { NativeLoader } from '../natives/natives.ts'

/** Opens DuckDB in memory: no extensions from outside, and times in UTC whatever the machine says. */
export async function openInstance(
  load: NativeLoader,
  settings: Readonly<Record<string, string>>,
): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await load('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    ...settings,
  })
  const connection = await instance.connect()
  await connection.run("SET GLOBAL TimeZone = 'UTC'")
  connection.closeSync()
  return instance
}
