import { addressesOf, linked } from './addresses.ts'
import { metricTable } from './metric-tables.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { verdictLine } from './verdict-line.ts'
import type { Writing } from './writing.ts'

/** The hidden first line by which a release of ours is found again. */
export const releaseMarker = (tag: string): string =>
  `<!-- mlwright:release tag=${tag.replace(/[^A-Za-z0-9@._/-]+/g, '-')} -->`

function origin(facts: ReleaseFacts, { code }: Writing): string {
  const { trainingRun, pullRequest } = addressesOf(facts)
  const { stamp, id } = facts.run
  const pull = stamp?.pull_request ? ` for ${linked(`pull request ${stamp.pull_request}`, pullRequest)}` : ''
  const who = stamp?.actor ?? facts.run.code.author
  return `Trained by ${linked(`run ${code(id)}`, trainingRun)}${pull}${who ? `, started by ${code(who)}` : ''}.`
}

/** Body of the GitHub Release. */
export function releaseNotes(facts: ReleaseFacts, writing: Writing): string {
  const { bump, tag } = facts
  const reasons = bump.reasons.map((reason) => writing.code(reason, 400)).join(', ')
  return `${[
    `${releaseMarker(tag)}\n${verdictLine(facts, writing)}`,
    metricTable(facts, writing),
    `**What changed.** A ${bump.level} version${reasons ? `: ${reasons}` : ''}.`,
    origin(facts, writing),
    `**Verify** what you downloaded:\n\n\`\`\`sh\nsha256sum -c SHA256SUMS\nnpx mlwright verify ${tag}\n\`\`\``,
  ].join('\n\n')}\n`
}
