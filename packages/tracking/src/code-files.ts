import type { Config, Model } from '@mlwright/domain'
import { matchPaths } from './match-paths.ts'

const lockfiles = [
  '**/{package-lock.json,yarn.lock,pnpm-lock.yaml,requirements*.txt,poetry.lock,uv.lock,Pipfile.lock,conda-lock.yml,environment.yml,Cargo.lock,go.sum,renv.lock}',
]
const notCode = ['**/*.md', '.github/**', '.mlwright/**', 'mlwright.yml']

/** Of the tracked paths, those that decide what a command trainer does: its `code` globs, else everything but data, contracts, Markdown and workflows; always the lockfiles. */
export function codeFiles(tracked: readonly string[], model: Model, config: Config): string[] {
  if (!('command' in model.train)) return []
  const datasets = Object.values(config.datasets)
  const data = matchPaths(
    tracked,
    datasets.map((dataset) => dataset.source),
  )
  const contracts = datasets.flatMap((dataset) => dataset.contract ?? [])
  const excluded = new Set([...data, ...contracts, ...matchPaths(tracked, notCode)])
  const code = model.train.code ? matchPaths(tracked, model.train.code) : tracked.filter((path) => !excluded.has(path))
  return [...new Set([...code, ...matchPaths(tracked, lockfiles)])].sort()
}
