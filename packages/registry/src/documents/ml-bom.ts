import { addressesOf } from './addresses.ts'
import { digestUuid } from './digest-uuid.ts'
import { modelFile } from './model-file.ts'
import { modelLimits } from './model-limits.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { runTimes } from './run-times.ts'

const families: Readonly<Record<string, string>> = {
  'gradient-boosting': 'decision tree ensemble',
  'logistic-regression': 'linear model',
  'linear-regression': 'linear model',
  majority: 'constant',
}

const properties = (values: Readonly<Record<string, string | null | undefined>>) =>
  Object.entries(values).flatMap(([name, value]) => (value == null ? [] : [{ name: `mlwright:${name}`, value }]))

function performanceMetrics({ evaluation }: ReleaseFacts) {
  const measured = (metrics: ReleaseFacts['evaluation']['metrics'], slice?: string) =>
    Object.entries(metrics).flatMap(([type, { value, low, high }]) => {
      if (value === null) return []
      const interval = low === null || high === null ? null : { lowerBound: `${low}`, upperBound: `${high}` }
      return [
        { type, value: `${value}`, ...(slice ? { slice } : {}), ...(interval ? { confidenceInterval: interval } : {}) },
      ]
    })
  return [
    ...measured(evaluation.metrics),
    ...evaluation.slices.flatMap((slice) => measured(slice.metrics, `${slice.column}=${slice.value ?? 'missing'}`)),
  ]
}

function formats({ run, signature }: ReleaseFacts) {
  const tensors = (list: NonNullable<ReleaseFacts['signature']>['inputs']) =>
    list.map(({ name, type, shape }) => ({ format: `${name}: ${type}[${shape.map((size) => size ?? 'N').join(',')}]` }))
  if (signature) return { inputs: tensors(signature.inputs), outputs: tensors(signature.outputs) }
  return { inputs: run.features.map(({ name, type }) => ({ format: `${name}: ${type}` })) }
}

function modelCard(facts: ReleaseFacts) {
  const { run, project } = facts
  const algorithm = 'algorithm' in run.train ? run.train.algorithm : null
  return {
    modelParameters: {
      approach: { type: 'supervised' },
      task: run.task,
      ...(algorithm ? { architectureFamily: families[algorithm], modelArchitecture: algorithm } : {}),
      datasets: [{ ref: 'data' }],
      ...formats(facts),
    },
    quantitativeAnalysis: { performanceMetrics: performanceMetrics(facts) },
    considerations: {
      ...(project.objective ? { useCases: [project.objective] } : {}),
      technicalLimitations: modelLimits(facts, (value) => value ?? 'missing'),
    },
  }
}

function externalReferences(facts: ReleaseFacts) {
  const { repository, release, trainingRun } = addressesOf(facts)
  return [
    { type: 'vcs', url: repository },
    { type: 'distribution', url: release },
    { type: 'build-meta', url: trainingRun },
  ].filter(({ url }) => url !== null)
}

function modelComponent(facts: ReleaseFacts) {
  const { run, project, version, tag } = facts
  const { digest, bytes } = modelFile(facts)
  return {
    'bom-ref': 'model',
    type: 'machine-learning-model',
    name: run.model,
    version,
    ...(project.objective ? { description: project.objective } : {}),
    ...(run.code.author ? { authors: [{ name: run.code.author }] } : {}),
    hashes: [{ alg: 'SHA-256', content: digest }],
    externalReferences: externalReferences(facts),
    modelCard: modelCard(facts),
    properties: properties({
      tag,
      file: 'model.onnx',
      bytes: `${bytes}`,
      run: run.id,
      'input-digest': run.input_digest,
      commit: facts.commit,
      script: run.code.script,
      params: JSON.stringify(run.train.params),
      verdict: facts.evaluation.verdict,
      'owner:data-engineer': project.owners?.data_engineer,
      'owner:data-scientist': project.owners?.data_scientist,
      'owner:ml-engineer': project.owners?.ml_engineer,
    }),
  }
}

function dataComponent({ run }: ReleaseFacts) {
  const { name, digest, files, rows, columns } = run.dataset
  return {
    'bom-ref': 'data',
    type: 'data',
    name,
    version: digest,
    data: [
      {
        type: 'dataset',
        name,
        contents: { properties: files.map((file) => ({ name: 'mlwright:file', value: file })) },
      },
    ],
    properties: properties({
      'data-digest': digest,
      rows: `${rows}`,
      columns: `${columns.length}`,
      target: run.target,
    }),
  }
}

/**
 * The release as a CycloneDX 1.6 bill of materials, JSON: the model with its card, and its data. The data's digest is a
 * property, not a hash, since it is over git object ids (`Dataset.digest`). Throws `UserError` ARTIFACT_MISSING without a model.
 */
export function mlBom(facts: ReleaseFacts): string {
  const { digest } = modelFile(facts)
  const { mlwright } = facts.run.environment
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${digestUuid(`ML-BOM ${facts.tag} ${digest}`)}`,
    version: 1,
    metadata: {
      timestamp: runTimes(facts.run).started.toISOString(),
      tools: { components: [{ type: 'application', name: 'mlwright', version: mlwright }] },
      component: modelComponent(facts),
    },
    components: [dataComponent(facts)],
    dependencies: [{ ref: 'model', dependsOn: ['data'] }, { ref: 'data' }],
  }
  return `${JSON.stringify(bom, null, 2)}\n`
}
