import { defineAction, input } from '@mlwright/action'
import { artifactName, folderPrefix } from '../common/artifact-name.ts'
import { receive } from '../report/receive.ts'
import { attestVersions } from './attest-versions.ts'
import { uploadCandidates } from './candidate.ts'
import { bumps } from './choose-level.ts'
import { prepare } from './prepare.ts'
import { register, registerVerdict } from './register.ts'
import { registerOutcome, registerOutputs } from './register-outcome.ts'

export default defineAction({
  name: 'register',
  description: 'Register the run of a commit as a version: a tag, and a release with everything that belongs to it.',
  inputs: {
    run: input.text(
      'Run to register, an id or a path of run.json (default: the latest; in a release, the merged pull request’s).',
      {
        optional: true,
      },
    ),
    bump: input.choice(
      'How far the version moves: `auto` says major where inputs or outputs break, minor where features, algorithm or columns change, else patch; a label such as `mlwright:major` on the pull request decides before it.',
      bumps,
      { default: 'auto' },
    ),
    version: input.text('The version to register, such as v2.0.0 (default: the next one).', { optional: true }),
    mode: input.choice(
      'What this job may do: `prepare` reads and uploads what is to be released, for a job without write permissions; `publish` takes it from the artifact of that job and writes tag and release; `all` does both in one job. `attest` signs what was registered at this commit, in a job with an identity.',
      ['all', 'prepare', 'publish', 'attest'],
      { default: 'all' },
    ),
  },
  outputs: registerOutputs,
  async run(inputs, ports) {
    const { mode } = inputs
    if (mode === 'attest') return registerOutcome(await attestVersions(ports, inputs), 'pass')
    const artifact = artifactName('release', inputs)
    if (mode !== 'publish') await prepare(inputs, ports)
    if (mode === 'prepare') {
      await uploadCandidates(ports, inputs)
      return registerOutcome([], 'pass')
    }
    if (mode === 'publish' && !(await receive(ports, artifact))) return registerOutcome([], 'fail')
    const prefix = mode === 'publish' ? folderPrefix(inputs) : (await ports.git.head()).prefix
    const registered = await register(ports, { ...inputs, prefix })
    return registerOutcome(registered, registerVerdict(registered))
  },
})
