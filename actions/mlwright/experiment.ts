import type { Ports } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { evaluate } from '../evaluate/evaluate.ts'
import { type Reported, report } from '../report/report.ts'
import { trainModels } from '../train/train-models.ts'
import { validateDatasets } from '../validate/validate-datasets.ts'

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
  if (event.name !== 'local' && userCode)
    runner.log(
      'A command trained here, in the job that also judges. Where this job has secrets or a token that can write, use the reusable workflow instead: it trains in a job of its own.',
    )
  for (const judged of await evaluate({ config: inputs.config, model: inputs.model }, ports)) runner.log(judged.message)
  return report({ ...inputs, mode: event.name === 'local' ? 'all' : 'render' }, ports)
}
