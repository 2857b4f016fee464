import { addressesOf } from './addresses.ts'
import { metricNames } from './metric-tables.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { yamlText } from './yaml-text.ts'

/** Hugging Face's metadata block: what its Hub reads at the top of a model card. The dataset's revision is its digest. */
export function cardMetadata(facts: ReleaseFacts): string {
  const { run, evaluation, version, tag } = facts
  const { release } = addressesOf(facts)
  const kind = `tabular-${run.task}`
  const names = metricNames(facts)
  const metrics = names.flatMap((name) => {
    const { value } = evaluation.metrics[name]!
    return value === null ? [] : [{ type: name, value, name }]
  })
  const block = yamlText({
    library_name: 'onnx',
    pipeline_tag: kind,
    tags: [kind, 'onnx', 'mlwright', ...('algorithm' in run.train ? [run.train.algorithm] : [])],
    datasets: [run.dataset.name],
    metrics: names,
    'model-index': [
      {
        name: `${run.model} ${version}`,
        results: [
          {
            task: { type: kind },
            dataset: { type: run.dataset.name, name: run.dataset.name, split: 'test', revision: run.dataset.digest },
            metrics,
            source: release === null ? undefined : { name: tag, url: release },
          },
        ],
      },
    ],
  })
  return `---\n${block}---`
}
