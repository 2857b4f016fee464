import type { Outcome } from '@mlwright/action'
import type { Finding } from '@mlwright/domain'
import { renderShow } from '@mlwright/registry'
import { code, plural } from '@mlwright/report'
import type { GtoRegistry } from './import-gto.ts'
import type { ImportedRegistry } from './import-mlflow.ts'
import type { ImportedVersion } from './imported.ts'

type ImportOutcome = Outcome<Record<string, string>>

const lines = (findings: readonly Finding[]) =>
  findings.length === 0 ? [] : [findings.map(({ message }) => `- ⚠️ ${code(message, 600)}`).join('\n')]

export function gtoOutcome(registry: GtoRegistry): ImportOutcome {
  const { events, findings, state, verdict } = registry
  const models = Object.keys(state.models).length + state.deprecated.length
  const message =
    events === 0
      ? 'No tag here is one of gto; fetch the tags (`git fetch --tags`), or register a first version.'
      : `Nothing to import: gto's tags are mlwright's (${plural(models, 'model')}, ${plural(events, 'event')}).`
  const summary = ['### Import from gto', renderShow(state), ...lines(findings)].join('\n\n')
  return { verdict, message, summary, noun: registry, outputs: {} }
}

function row(model: string, { commit, created, file, tag }: ImportedVersion, held: readonly string[]): string {
  const cells = [
    code(model),
    code(tag),
    commit === null ? 'its own' : code(commit.slice(0, 7)),
    file ? 'ONNX' : 'none',
    held.map((stage) => code(stage)).join(', '),
    created ? 'new' : 'there',
  ]
  return `| ${cells.join(' | ')} |`
}

export function mlflowOutcome(registry: ImportedRegistry): ImportOutcome {
  const { dry_run: dry, findings, models } = registry
  const rows = models.flatMap(({ from, stages, versions }) =>
    versions.map((version) =>
      row(
        from,
        version,
        stages.filter((stage) => stage.version === version.version).map(({ stage }) => stage),
      ),
    ),
  )
  const versions = models.flatMap((model) => model.versions).filter(({ created }) => created).length
  const stages = models.flatMap((model) => model.stages).filter(({ created }) => created).length
  const what = `${plural(versions, 'version')} and ${plural(stages, 'stage')}`
  const message =
    versions + stages === 0
      ? 'Everything that MLflow has is here; nothing changed.'
      : dry
        ? `${what} would be written; run it without \`--dry-run\` to write them.`
        : `Imported ${what}; \`git push origin --tags\` shares them.`
  const table = [
    '| MLflow | version | commit | file | stages | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
  return {
    verdict: findings.length > 0 ? 'warn' : 'pass',
    message,
    summary: ['### Import from MLflow', rows.length > 0 ? table : 'MLflow has no model.', ...lines(findings)].join(
      '\n\n',
    ),
    noun: registry,
    outputs: {},
  }
}
