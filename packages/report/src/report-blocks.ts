import type { Verdict } from '@mlwright/domain'
import { type Block, list, paragraph } from './block.ts'
import { code, fenced } from './code.ts'
import type { Context } from './context.ts'
import { icon } from './gates.ts'
import { modelSection } from './model-section.ts'
import { enumerate, plural } from './numbers.ts'
import type { ReportInput } from './report-input.ts'
import { dataFindings } from './sections/findings.ts'
import { modelLinks, reproduce } from './sections/reproduce.ts'
import { dataClauses, unchangedSentence } from './verdict-sentence.ts'

const outcome: Readonly<Record<Verdict, string>> = { pass: 'passes', warn: 'passes with warnings', fail: 'fails' }

function overall(input: ReportInput): string {
  const { models, validations } = input
  const unverified = input.fork ? ' (computed by the fork, unverified)' : ''
  const lead = `${icon[input.verdict]} **${code(input.project)} ${outcome[input.verdict]}**${unverified}: `
  const changed = models.filter((model) => !model.unchanged)
  const named = (verdict: Verdict) => {
    const names = changed.filter((model) => model.verdict === verdict).map((model) => code(model.name, 40))
    const shown = names.length > 5 ? [...names.slice(0, 4), plural(names.length - 4, 'more model')] : names
    if (shown.length === 0) return []
    const verb =
      shown.length === 1 ? outcome[verdict] : { pass: 'pass', warn: 'pass with warnings', fail: 'fail' }[verdict]
    return [`${enumerate(shown)} ${verb}`]
  }
  const still = models.length - changed.length
  const clauses = [
    ...named('fail'),
    ...named('warn'),
    ...named('pass'),
    ...(still > 0 ? [`${plural(still, 'model is', 'models are')} unchanged`] : []),
    ...(models.length === 0 ? [`${plural(validations.length, 'dataset')} checked, no model trained`] : []),
    ...dataClauses(validations),
  ]
  return `${lead}${clauses.join('; ')}.`
}

/** What kept a step from doing its work: its first line in sight, every line below it. */
function problemBlocks({ problems }: ReportInput): Block[] {
  return problems.flatMap(({ action, message }): Block[] => [
    paragraph(`❌ **The step ${code(action)} could not do its work:**`),
    paragraph(fenced(message)),
  ])
}

/** The document before it is cut to size: one model without a heading, several with one each, unchanged ones on a line. */
export function reportBlocks(input: ReportInput, context: Context): Block[] {
  const changed = input.models.filter((model) => !model.unchanged)
  const unchanged = input.models.filter((model) => model.unchanged)
  const lines = unchanged.map((model) => unchangedSentence(model, context))
  const end = [...reproduce(input), ...modelLinks(changed)]
  const problems = problemBlocks(input)
  if (problems.length > 0 && input.models.length === 0)
    return [...problems, ...dataFindings(input.validations, context), ...end]
  const [only] = changed
  if (only && input.models.length === 1)
    return [...problems, ...modelSection(only, input.verdict, input.validations, context), ...end]
  const alone = input.models.length === 1 && input.validations.every((report) => report.verdict === 'pass')
  return [
    ...problems,
    ...(alone ? lines.map((line) => paragraph(line)) : [paragraph(overall(input))]),
    ...changed.flatMap((model): Block[] => [
      { kind: 'heading', level: 3, text: code(model.name) },
      ...modelSection(model, model.verdict, [], context),
    ]),
    ...(lines.length > 0 && !alone ? [list(lines)] : []),
    ...(changed.length > 0 && input.validations.length > 0
      ? [{ kind: 'heading', level: 3, text: 'Data' } as const]
      : []),
    ...dataFindings(input.validations, context),
    ...end,
  ]
}
