import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '@mlwright/domain'
import type { Credentials } from '@mlwright/oci'

interface DockerConfig {
  readonly auths?: Readonly<Record<string, unknown>>
  readonly credHelpers?: Readonly<Record<string, string>>
  readonly cliPluginsExtraDirs?: readonly string[]
}

async function readConfig(path: string): Promise<DockerConfig> {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  try {
    return JSON.parse(text) as DockerConfig
  } catch (cause) {
    throw new UserError('CONFIG_INVALID', `${path} is not JSON; log Docker in again or remove the file.`, { cause })
  }
}

/** Docker's name of its own registry in its configuration. */
const hub = 'https://index.docker.io/v1/'

/**
 * Gives Docker a login to a registry that nobody else sees: in a configuration of its own, beside all that stands in the
 * user's. `use` gets the options to call Docker with, none where there are no credentials.
 */
export async function withLogin<T>(
  registry: string,
  credentials: Credentials | undefined,
  use: (options: readonly string[]) => Promise<T>,
): Promise<T> {
  if (!credentials) return use([])
  const own = join(homedir(), '.docker')
  const before = await readConfig(join(own, 'config.json'))
  const host = registry === 'docker.io' ? hub : registry
  const auth = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')
  const config: DockerConfig = {
    ...before,
    auths: { ...before.auths, [host]: { auth } },
    // Else a store of credentials would be asked in place of this file.
    credHelpers: { ...before.credHelpers, [host]: '' },
    cliPluginsExtraDirs: [...(before.cliPluginsExtraDirs ?? []), join(own, 'cli-plugins')],
  }
  const folder = await mkdtemp(join(tmpdir(), 'mlwright-docker-'))
  try {
    await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 })
    // buildx cannot make a folder where a link leads nowhere.
    for (const kept of ['buildx', 'contexts'])
      if (existsSync(join(own, kept))) await symlink(join(own, kept), join(folder, kept), 'junction')
    return await use(['--config', folder])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
