import { dataFacts, featureTable, trainingFacts } from './card-data.ts'
import { cardMetadata } from './card-metadata.ts'
import { metricTable, sliceTable } from './metric-tables.ts'
import { modelLimits } from './model-limits.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { usageSnippet } from './usage-snippet.ts'
import { verdictLine } from './verdict-line.ts'
import type { Writing } from './writing.ts'

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n')

function purpose({ project, run }: ReleaseFacts, { code }: Writing): string[] {
  const owners = [
    ['data engineer', project.owners?.data_engineer],
    ['data scientist', project.owners?.data_scientist],
    ['ML engineer', project.owners?.ml_engineer],
  ].flatMap(([role, owner]) => (owner ? [`${role} ${code(owner)}`] : []))
  return [
    project.objective ? code(project.objective, 1000) : 'Nobody wrote down an objective (`project.objective`).',
    `A model for ${run.task} of ${code(run.target)}, of the project ${code(project.name)}.`,
    ...(project.requirements.length > 0
      ? [list(project.requirements.map(({ id, text }) => `${code(id, 40)}: ${code(text, 400)}`))]
      : []),
    ...(owners.length > 0 ? [`Owners: ${owners.join(', ')}.`] : []),
  ]
}

function verification({ tag }: ReleaseFacts): string {
  return fence('sh', `sha256sum -c SHA256SUMS\nnpx mlwright verify ${tag}`)
}

function reproduction({ tag, run }: ReleaseFacts): string[] {
  const { commit } = run.code
  const known = commit !== null && /^[0-9a-f]{7,64}$/.test(commit) && !run.code.dirty
  const byHand = known
    ? `\n\n# or by hand\ngit fetch origin ${commit} && git checkout ${commit} && npx mlwright run experiment`
    : ''
  const promise =
    'algorithm' in run.train
      ? 'The same inputs give the same bytes.'
      : 'A command of the project trained it: whether the bytes are the same again is up to it.'
  return [promise, fence('sh', `npx mlwright reproduce ${tag}${byHand}`)]
}

/** `model-card.md`: Hugging Face's metadata block, then what a reader needs to use, check and judge the model. */
export function modelCard(facts: ReleaseFacts, writing: Writing): string {
  const slices = sliceTable(facts, writing)
  const parts = [
    cardMetadata(facts),
    `# ${writing.code(facts.run.model)} ${facts.version}`,
    verdictLine(facts, writing),
    '## What it is for',
    ...purpose(facts, writing),
    '## What it is worth',
    metricTable(facts, writing),
    ...(slices === '' ? [] : [slices]),
    '## Data',
    dataFacts(facts, writing),
    '## Features',
    featureTable(facts, writing),
    '## Training',
    trainingFacts(facts, writing),
    '## Limits',
    list(modelLimits(facts, (value) => writing.code(value, 400))),
    '## How to use it',
    fence('python', usageSnippet(facts)),
    'Or judge it again on its test split, in the repository:',
    fence('sh', 'npx mlwright evaluate --model-path model.onnx'),
    '## How to verify it',
    verification(facts),
    '## How to reproduce it',
    ...reproduction(facts),
  ]
  return `${parts.join('\n\n')}\n`
}
