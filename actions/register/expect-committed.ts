import { type Config, type Ports, UserError } from '@mlwright/domain'
import { committedDigest } from '../common/committed-digest.ts'

/** Throws where a laptop's run was trained from files that its commit does not have, for new files are no changes to git; data may lie outside git. */
export async function expectCommitted(
  { git, refs, runner }: Pick<Ports, 'git' | 'refs' | 'runner'>,
  commit: string,
  path: string,
  config: Config,
  name: string,
  inputDigest: string,
): Promise<void> {
  const { prefix } = await git.head()
  const at = commit.slice(0, 8)
  const { source, contract } = config.datasets[config.models[name]!.dataset]!
  for (const file of contract ? [path, contract] : [path])
    if (!(await refs.read(commit, prefix + file)))
      throw new UserError('GIT_FAILED', `${file} is not in the commit ${at}; commit it first.`)
  const found = await committedDigest(refs, commit, prefix, config, name)
  if (found === null)
    return runner.log(`${source} is not in the commit ${at}: who makes ${name} again has to fetch it first.`)
  if ('digest' in found && found.digest === inputDigest) return
  throw new UserError(
    'GIT_FAILED',
    'problem' in found
      ? `${found.problem} Commit it first.`
      : `The commit ${at} has not all files that ${name} was trained from; commit them first.`,
  )
}
