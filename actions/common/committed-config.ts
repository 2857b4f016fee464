import { type Config, type Ports, parseConfig, UserError } from '@mlwright/domain'

/** The configuration as a commit has it, for a job that checked nothing out. */
export async function committedConfig(
  { refs }: Pick<Ports, 'refs'>,
  commit: string | null,
  path: string,
): Promise<Config> {
  const bytes = commit && (await refs.read(commit, path))
  if (bytes) return parseConfig(new TextDecoder().decode(bytes), path)
  throw new UserError('FILE_MISSING', `There is no ${path} at the commit ${commit?.slice(0, 8)}.`)
}
