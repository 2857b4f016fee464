import { basename } from 'node:path'
import { type Action, commonInputs, type InputValues, input } from '@mlwright/action'
import { openDataset } from '@mlwright/data'
import { nearest, type Ports, UserError } from '@mlwright/domain'
import { readConfig } from '../common/project.ts'
import { profileColumns } from './column-profile.ts'
import { inferConfig } from './infer-config.ts'
import { inferContract } from './infer-contract.ts'
import { inferTarget } from './infer-target.ts'
import { starterWorkflows } from './starter-workflows.generated.ts'
import { type Written, writeFiles } from './write-files.ts'

const inputs = {
  data: input.text('Path or glob of the data: CSV, TSV, Parquet or JSON Lines, optionally .gz.', { optional: true }),
  target: input.text('The column to predict.', { optional: true }),
  yes: input.flag('Ask nothing and write the files.', { default: false }),
  force: input.flag('Replace files that are there already.', { default: false }),
  config: commonInputs.config,
  'working-directory': commonInputs['working-directory'],
}
type InitInputs = InputValues<typeof inputs>

/** Asks a person one question; `suggestion` is the answer of who just presses enter. */
export type Ask = (question: string, suggestion: string) => Promise<string>

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

async function answer(given: string | undefined, name: string, question: string, ask: Ask | null): Promise<string> {
  const text = given ?? (ask && (await ask(question, '')))
  if (text) return text
  throw new UserError('INPUT_INVALID', `\`${name}\` is missing: ${inputs[name as 'data' | 'target'].description}`)
}

async function openData(source: string, ports: Ports) {
  const paths = await ports.files.glob(source)
  if (paths.length === 0)
    throw new UserError('FILE_MISSING', `No data file matches ${source}; correct the path, or fetch the data first.`)
  const oids = await ports.git.blobs(paths)
  const files = paths.map((path, at) => ({ path, absolute: ports.files.absolute(path), oid: oids[at]! }))
  const name =
    slug(
      basename(source)
        .replace(/[*?[{].*$/, '')
        .replace(/\..*$/, ''),
    ) || 'data'
  const opened = await openDataset(ports.engine, { name, files })
  if (opened.dataset.rows > 0) return opened
  const why = opened.findings[0]?.message ?? 'It has no rows.'
  throw new UserError('DATA_UNUSABLE', `${source} cannot be used: ${why}`)
}

/** Whether a configuration that is there already says what production saw of a model. */
async function isMonitored({ files }: Pick<Ports, 'files'>, { config, force }: InitInputs): Promise<boolean> {
  if (force || !(await files.read(config))) return false
  try {
    const { models } = await readConfig(files, config)
    return Object.values(models).some(({ monitor }) => monitor?.current !== undefined)
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

/** The workflow files of a project; the one that looks at production is for those that say what it saw. */
async function workflows(ports: Ports, given: InitInputs): Promise<[string, string][]> {
  const monitored = await isMonitored(ports, given)
  return Object.entries(starterWorkflows)
    .filter(([name]) => name !== 'monitor.yml' || monitored)
    .map(([name, text]) => [`.github/workflows/${name}`, text])
}

async function plan(given: InitInputs, ports: Ports, ask: Ask | null): Promise<Map<string, string>> {
  const source = (await answer(given.data, 'data', 'Which file holds the data?', ask)).replace(/^\.\//, '')
  const opened = await ports.progress.during(`Reading ${source}`, () => openData(source, ports))
  const { name: dataset, rows, columns } = opened.dataset
  const names = columns.map((column) => column.name)
  ports.runner.log(`${source}: ${rows.toLocaleString('en-US')} rows, columns ${names.join(', ')}.`)
  const column = await answer(given.target, 'target', 'Which column shall be predicted?', ask)
  const profiles = await ports.progress.during(`Profiling ${source}`, () => profileColumns(ports.engine, opened))
  const profile = profiles.find(({ name }) => name === column)
  if (!profile) {
    const near = nearest(column, names)
    const hint = near ? `did you mean ${near}?` : `columns: ${names.join(', ')}.`
    throw new UserError('INPUT_INVALID', `${source} has no column ${column}; ${hint}`)
  }
  const target = inferTarget(profile, rows)
  const contract = `contracts/${dataset}.odcs.yaml`
  const config = inferConfig({
    project: slug(basename(ports.files.absolute('.'))) || 'project',
    dataset,
    model: slug(column) || 'model',
    source,
    contract,
    target,
    profiles,
    rows,
  })
  return new Map([
    [given.config, config],
    [contract, inferContract(dataset, profiles, rows)],
    ...(await workflows(ports, given)),
  ])
}

const list = (paths: readonly string[]) => paths.map((path) => `- \`${path}\``).join('\n')

function summary({ written, kept }: Written, prefix: string): string {
  const away = prefix !== '' && written.some((path) => path.startsWith('.github/'))
  return [
    written.length > 0 ? `Written:\n${list(written)}` : 'Nothing had to be written.',
    ...(kept.length > 0 ? [`Kept as they are (\`--force\` replaces them):\n${list(kept)}`] : []),
    ...(away
      ? [
          `GitHub reads workflows at the top of the repository only: move \`.github/workflows\` there, and give each job \`working-directory: ${prefix.slice(0, -1)}\` under its \`with\`.`,
        ]
      : []),
    'Next: `npx mlwright run experiment`',
  ].join('\n\n')
}

/** `mlwright init`: a contract, `mlwright.yml` and the workflow, inferred from data. Asks where `ask` is given and `--yes` is not. */
export function initAction(ask: Ask | null): Action<typeof inputs, Record<never, never>> {
  return {
    name: 'init',
    description: 'Infer a contract and mlwright.yml from data, and write them with the workflow files.',
    inputs,
    outputs: {},
    async run(given, ports) {
      if (!given.yes && ask === null)
        throw new UserError(
          'INPUT_INVALID',
          'There is no terminal to ask on; add `--yes`, with `--data` and `--target`.',
        )
      const contents = await plan(given, ports, given.yes ? null : ask)
      if (!given.yes && ask) {
        const go = await ask(`Write ${[...contents.keys()].join(', ')}?`, 'yes')
        if (!/^y(es)?$/i.test(go))
          return { verdict: 'pass', summary: 'Nothing was written.', noun: { written: [], kept: [] }, outputs: {} }
      }
      const noun = await writeFiles(ports.files, contents, { force: given.force })
      const { prefix } = await ports.git.head()
      return { verdict: 'pass', summary: summary(noun, prefix), noun, outputs: {} }
    },
  }
}
