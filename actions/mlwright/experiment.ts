import type { Ports } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { evaluate } from '../evaluate/evaluate.ts'
import { type Reported, report } from '../report/report.ts'
import { trainModels } from '../train/train-models.ts'
import { validateDatasets } from '../validate/validate-datasets.ts'
import { warnOfUserCode } from './warn-of-user-code.ts'

/** Everything that a pull request's read-only job does; on a laptop the records are kept too. */
export async function experiment(
  inputs: {
    readonly config: string
    readonly model?: string | undefined
    readonly workingDirectory?: string | undefined
  },
  ports: Ports,
): Promise<Reported | null> {
  const { event, runner } = ports
  await ports.files.remove('.mlwright/problems')
  await validateDatasets({ config: inputs.config }, ports)
  const { userCode } = await trainModels({ ...inputs, baseline: true, received: false }, ports, new Records(ports.refs))
  if (event.name !== 'local' && userCode) await warnOfUserCode(runner)
  for (const judged of await evaluate({ config: inputs.config, model: inputs.model }, ports)) runner.log(judged.message)
  return report({ ...inputs, mode: event.name === 'local' ? 'all' : 'render' }, ports)
}
