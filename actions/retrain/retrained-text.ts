import { type Config, type Model, parseConfig, setYamlValue, UserError } from '@mlwright/domain'
import { canonicalJson } from '@mlwright/tracking'
import { retrainedConfig } from './data-version.ts'
import { retrainNames } from './settings.ts'

/**
 * The text of mlwright.yml in which a model reads its data version: three values change, comments stay.
 * Throws `UserError` CONFIG_INVALID where the file is written so that they cannot be changed one by one.
 */
export function retrainedText(text: string, path: string, config: Config, name: string, model: Model): string {
  const wanted = retrainedConfig(config, name, model)
  const dataset = retrainNames.dataset(name)
  const other = config.datasets[dataset]
  if (other && other.source !== retrainNames.data(name))
    throw new UserError(
      'CONFIG_INVALID',
      `${path}: datasets.${dataset} is the name that a retraining gives to its data; call the dataset otherwise.`,
    )
  const { source, contract } = wanted.datasets[dataset]!
  const split = wanted.models[name]!.split
  const values: [readonly string[], string | null][] = [
    [['datasets', dataset, 'source'], source],
    [['datasets', dataset, 'contract'], contract ?? null],
    [['models', name, 'dataset'], dataset],
    ...Object.entries(split).map(([key, value]): [readonly string[], string] => [
      ['models', name, 'split', key],
      String(value),
    ]),
    ...['test', 'validation', 'stratify', 'seed'].map((key): [readonly string[], null] => [
      ['models', name, 'split', key],
      null,
    ]),
  ]
  try {
    const changed = values.reduce((before, [at, value]) => setYamlValue(before, at, value), text)
    if (canonicalJson(parseConfig(changed, path)) === canonicalJson(wanted)) return changed
  } catch {}
  throw new UserError(
    'CONFIG_INVALID',
    `${path} is written so that models.${name}.dataset and split cannot be changed by themselves; write them out without anchors and merge keys.`,
  )
}
