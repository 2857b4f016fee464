import { type Config, type Finding, type Ports, UserError } from '@mlwright/domain'
import { problemFinding, readStages, type StagesFile, stagesPath } from '@mlwright/registry'
import { folderPrefix } from '../common/artifact-name.ts'

export interface DoctorInputs {
  readonly config: string
  readonly workingDirectory: string
}

/** The configuration and the stages files, as far as they can be read. */
export interface ExaminedProject {
  /** Null where there is none, as in a repository that gto alone uses. */
  readonly config: Config | null
  readonly stages: ReadonlyMap<string, StagesFile>
  /** What cannot be read. */
  readonly findings: readonly Finding[]
}

/** Reads files of the working copy; in a job that checked nothing out, of the event's commit. */
async function reader({ event, files, refs }: Ports, inputs: DoctorInputs) {
  const { commit } = event
  const here = event.name === 'local' || commit === null || (await files.read(inputs.config)) !== null
  const prefix = folderPrefix(inputs)
  return async (path: string) => {
    const bytes = here ? await files.read(path) : await refs.read(commit!, prefix + path)
    return bytes && new TextDecoder().decode(bytes)
  }
}

/** Reads them, and makes a finding of each that is wrong. */
export async function examineProject(
  ports: Ports,
  inputs: DoctorInputs,
  registered: Iterable<string>,
): Promise<ExaminedProject> {
  const { parseConfig } = await import('../common/parsers.ts')
  const read = await reader(ports, inputs)
  const findings: Finding[] = []
  const attempt = async <T>(rule: string, path: string, parse: (text: string) => T): Promise<T | null> => {
    const text = await read(path)
    try {
      return text === null ? null : parse(text)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      findings.push(problemFinding(rule, 'fail', error.message))
      return null
    }
  }
  const config = await attempt('config', inputs.config, (text) => parseConfig(text, inputs.config))
  const stages = new Map<string, StagesFile>()
  for (const model of new Set([...Object.keys(config?.models ?? {}), ...registered])) {
    const path = stagesPath(model)
    const file = await attempt('stages-file', path, (text) => readStages(text, path))
    if (file) stages.set(model, file)
  }
  return { config, stages, findings }
}
