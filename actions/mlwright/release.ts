import type { Ports } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { artifactName, folderPrefix, type PipelineScope } from '../common/artifact-name.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import { promote } from '../promote/promote.ts'
import { uploadCandidates } from '../register/candidate.ts'
import { prepare } from '../register/prepare.ts'
import { register, registerVerdict } from '../register/register.ts'
import { type RegisterOutcome, registerOutcome } from '../register/register-outcome.ts'
import { receive } from '../report/receive.ts'
import { trainModels } from '../train/train-models.ts'
import { warnOfUserCode } from './warn-of-user-code.ts'

interface ReleaseInputs extends PipelineScope {
  readonly config: string
  readonly workingDirectory: string
}

/** The half of a release that only reads: finds the run that was merged, or trains it again, and uploads what is to be released. */
export async function prepareRelease(inputs: ReleaseInputs, ports: Ports): Promise<RegisterOutcome> {
  const { event, runner } = ports
  const train = { ...inputs, baseline: true, received: false, release: true }
  const { userCode } = await trainModels(train, ports, new Records(ports.refs))
  if (event.name !== 'local' && userCode) await warnOfUserCode(runner)
  for (const judged of await evaluate({ config: inputs.config, model: inputs.model }, ports)) runner.log(judged.message)
  await prepare(inputs, ports)
  await uploadCandidates(ports, inputs)
  return registerOutcome([], 'pass')
}

/** The half that writes: versions, releases, and a pull request for each promotion. */
export async function registerRelease(inputs: ReleaseInputs, ports: Ports): Promise<RegisterOutcome> {
  if (!(await receive(ports, artifactName('release', inputs)))) return registerOutcome([], 'fail')
  const settings = { config: inputs.config, prefix: folderPrefix(inputs), bump: 'auto', version: undefined } as const
  const registered = await register(ports, settings)
  const proposal = {
    ...inputs,
    model: inputs.model,
    version: undefined,
    stage: undefined,
    mode: 'pull-request',
  } as const
  const { message } = await promote(proposal, ports)
  if (message) ports.runner.log(message)
  return registerOutcome(registered, registerVerdict(registered))
}
