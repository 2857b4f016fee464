import { addressesOf } from './addresses.ts'
import { sha256 } from './digest-uuid.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { runTimes } from './run-times.ts'

/** What is made, and where where there is no workflow run: names without an address, which in-toto allows. */
const buildType = 'urn:mlwright:train:v1'
const laptop = 'urn:mlwright:laptop:v1'

const commitDigest = (commit: string) => ({ gitCommit: commit })

function codeDependency({ repository, run }: ReleaseFacts) {
  const { commit } = run.code
  if (commit === null) return []
  const uri = repository === null ? {} : { uri: `git+${repository}@${commit}` }
  const dirty = run.code.dirty ? { annotations: { dirty: true } } : {}
  return [{ name: 'code', ...uri, digest: commitDigest(commit), ...dirty }]
}

function dependencies(facts: ReleaseFacts) {
  const { run, comparison } = facts
  const { name, digest, files, rows } = run.dataset
  return [
    ...codeDependency(facts),
    {
      name: 'data',
      digest: { sha256: digest },
      annotations: { dataset: name, files, rows, of: 'git object ids of the files' },
    },
    {
      name: 'inputs',
      digest: { sha256: run.input_digest },
      annotations: { of: 'data, task, features, split, trainer and code' },
    },
    ...(comparison
      ? [
          {
            name: 'baseline',
            digest: {
              sha256: comparison.baseline.input_digest,
              ...(comparison.baseline.commit === null ? {} : commitDigest(comparison.baseline.commit)),
            },
            annotations: { run: comparison.baseline.run, retrained: comparison.baseline.retrained, of: 'its inputs' },
          },
        ]
      : []),
  ]
}

function externalParameters({ run, repository }: ReleaseFacts) {
  const { model, task, target, features, split, train } = run
  return {
    model,
    task,
    target,
    features: features.map(({ name }) => name),
    split,
    train,
    ...(repository ? { repository } : {}),
  }
}

/**
 * How the release was made: an in-toto Statement v1 with SLSA's provenance v1, one line, unsigned. Subjects are the
 * release's other files; the builder is the workflow run that trained, not the one that registers.
 */
export function provenance(facts: ReleaseFacts, assets: ReadonlyMap<string, Uint8Array>): string {
  const { run } = facts
  const { trainingRun } = addressesOf(facts)
  const { started, finished } = runTimes(run)
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...assets.keys()].sort().map((name) => ({ name, digest: { sha256: sha256(assets.get(name)!) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType,
        externalParameters: externalParameters(facts),
        internalParameters: { stamp: run.stamp, environment: run.environment },
        resolvedDependencies: dependencies(facts),
      },
      runDetails: {
        builder: { id: trainingRun ?? laptop, version: { mlwright: run.environment.mlwright } },
        metadata: {
          invocationId: trainingRun ?? run.id,
          startedOn: started.toISOString(),
          finishedOn: finished.toISOString(),
        },
      },
    },
  }
  return `${JSON.stringify(statement)}\n`
}
