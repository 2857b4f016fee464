import type { Ports } from '@mlwright/domain'
import { artifactName, folderPrefix, type PipelineScope } from '../common/artifact-name.ts'
import { committedConfig } from '../common/committed-config.ts'
import { readConfig } from '../common/project.ts'
import { monitorModels, readMonitored, throwProblems, uploadMonitored } from '../monitor/monitor-models.ts'
import { monitorOutcome } from '../monitor/monitor-outcome.ts'
import { publishAll } from '../monitor/publish-monitoring.ts'
import { receive } from '../report/receive.ts'
import { publishRetrainings, retrainModels } from '../retrain/retrain-models.ts'
import { warnOfUserCode } from './warn-of-user-code.ts'

interface MonitoringInputs extends PipelineScope {
  readonly config: string
  readonly workingDirectory: string
}

/** The half of monitoring that only reads: compares what production saw with its reference, and trains candidates for what drifts. */
export async function prepareMonitoring(given: MonitoringInputs, ports: Ports) {
  const { event, files, runner } = ports
  const inputs = { ...given, method: 'calibrated', tests: 'auto' } as const
  const problems = await monitorModels(inputs, ports)
  const outcome = monitorOutcome(await readMonitored(ports, await readConfig(files, given.config)))
  runner.log(outcome.message ?? '')
  await uploadMonitored(ports, inputs)
  const retrain = (download: boolean) => retrainModels({ ...given, found: true, download }, ports, false)
  const first = await retrain(false)
  const ran = first.outputs['user-code'] === 'true'
  if (ran && event.name !== 'local') await warnOfUserCode(runner)
  const { message } = ran ? await retrain(true) : first
  if (message) runner.log(message)
  await throwProblems(ports, problems, outcome)
  return outcome
}

/** The half that writes: points of the history, issues, and the pull requests that train again. */
export async function publishMonitoring(inputs: MonitoringInputs, ports: Ports) {
  if (!(await receive(ports, artifactName('monitoring', inputs)))) return { ...monitorOutcome([]), retrained: null }
  const config = await committedConfig(ports, ports.event.commit, folderPrefix(inputs) + inputs.config)
  const found = await readMonitored(ports, config)
  const issues = await publishAll(ports, found)
  const retrained = await publishRetrainings(inputs, ports)
  const said = monitorOutcome(found, issues)
  return {
    ...said,
    verdict: 'pass' as const,
    message: [said.message, retrained.message].join('\n'),
    summary: [issues.join('\n'), retrained.summary].filter(Boolean).join('\n\n'),
    retrained,
  }
}
