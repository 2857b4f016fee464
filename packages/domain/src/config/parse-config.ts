import { z } from 'zod'
import { nearest } from '../nearest.ts'
import { UserError } from '../user-error.ts'
import { problemText, type YamlProblem, yamlProblems } from '../yaml-problems.ts'
import { parseYaml, type YamlSource } from '../yaml-source.ts'
import { Config } from './config.ts'
import { paramProblems } from './train-params.ts'

/** What a schema cannot say: names that have to exist elsewhere in the file, and keys that need each other. */
function crossProblems(config: Config, source: YamlSource): YamlProblem[] {
  const problems: YamlProblem[] = []
  const add = (path: readonly PropertyKey[], message: string) =>
    problems.push({ location: source.locate(path), message })
  for (const [name, model] of Object.entries(config.models)) {
    const path = ['models', name]
    if (!config.datasets[model.dataset]) {
      const near = nearest(model.dataset, Object.keys(config.datasets))
      const hint = near
        ? `did you mean ${near}?`
        : `datasets here: ${Object.keys(config.datasets).join(', ') || 'none'}.`
      add([...path, 'dataset'], `models.${name}.dataset names no dataset (${model.dataset}); ${hint}`)
    }
    if (model.task === 'regression' && model.positive !== undefined)
      add([...path, 'positive'], `models.${name}.positive is for classification; remove it.`)
    const { split, train } = model
    const stages = Object.keys(config.registry.stages)
    const stage = model.monitor?.stage
    if (stage !== undefined && !stages.includes(stage)) {
      const near = nearest(stage, stages)
      const hint = near ? `did you mean ${near}?` : `stages here: ${stages.join(', ')}.`
      add([...path, 'monitor', 'stage'], `models.${name}.monitor.stage names no stage (${stage}); ${hint}`)
    }
    if ('algorithm' in train)
      for (const [param, message] of paramProblems(train.algorithm, train.params))
        problems.push({
          location: source.locate([...path, 'train', 'params', param], 'key'),
          message: `models.${name}.train.params.${param}: ${message}`,
        })
    if ('test' in split && split.test + (split.validation ?? 0) >= 1)
      add(
        [...path, 'split'],
        `models.${name}.split leaves no row to train on; test and validation must sum to less than 1.`,
      )
    for (const [metric, gate] of Object.entries(model.evaluate.gates))
      if (gate?.min !== undefined && gate.max !== undefined && gate.min > gate.max)
        add(
          [...path, 'evaluate', 'gates', metric],
          `models.${name}.evaluate.gates.${metric}: min is above max, so no value can pass.`,
        )
  }
  for (const [index, { id, model }] of config.project.requirements.entries())
    if (model !== undefined && !config.models[model])
      add(
        ['project', 'requirements', index, 'model'],
        `requirement ${id} names no model (${model}); models here: ${Object.keys(config.models).join(', ')}.`,
      )
  return problems
}

/**
 * Reads `mlwright.yml`.
 * @throws UserError CONFIG_INVALID with every problem at once, one line each with file, line and column.
 */
export function parseConfig(text: string, file: string): Config {
  const source = parseYaml(text, file)
  if (source.problems.length > 0) throw new UserError('CONFIG_INVALID', problemText(source.problems))
  const result = Config.safeParse(source.value, { reportInput: true })
  const problems = result.success ? crossProblems(result.data, source) : yamlProblems(source, Config, result.error)
  if (problems.length > 0) throw new UserError('CONFIG_INVALID', problemText(problems))
  return result.data!
}

/** JSON Schema of `mlwright.yml`, for editors. */
export function configJsonSchema(): unknown {
  const schema = z.toJSONSchema(Config, { io: 'input', target: 'draft-7' })
  return { ...schema, title: 'mlwright.yml', description: 'Data, models and gates of a repository that uses mlwright.' }
}
