import { type Location, parseYaml, problemText, Stages, setYamlValue, UserError, yamlProblems } from '@mlwright/domain'

/** The stages that a file wants for one model, and where it says so. */
export interface StagesFile {
  readonly path: string
  /** Version by stage. */
  readonly stages: Readonly<Record<string, string>>
  /** Where the stage's version stands, or where its entry would. */
  locate(stage: string): Location
}

/** Where the stages of a model are wanted: a merge that changes this file promotes. */
export const stagesPath = (model: string): string => `models/${model}/stages.yml`

/**
 * Reads `models/<model>/stages.yml`.
 * @throws UserError CONFIG_INVALID with every problem on its own line, `file:line:column: message`.
 */
export function readStages(text: string, path: string): StagesFile {
  const source = parseYaml(text, path)
  const result = Stages.safeParse(source.value)
  if (source.problems.length > 0) throw new UserError('CONFIG_INVALID', problemText(source.problems))
  if (!result.success) throw new UserError('CONFIG_INVALID', problemText(yamlProblems(source, Stages, result.error)))
  return { path, stages: result.data.stages, locate: (stage) => source.locate(['stages', stage]) }
}

const empty = `# The version that is wanted in each stage. A merge that changes a line here promotes.
version: 1
stages: {}
`

/** The file's text with a version in a stage, or with nothing in it for null; comments and other lines stay. `text` is null where there is no file yet. */
export function writeStage(text: string | null, stage: string, version: string | null): string {
  return setYamlValue(text ?? empty, ['stages', stage], version)
}
