import { type Block, paragraph } from '../block.ts'
import { code } from '../code.ts'
import { link } from '../link.ts'
import { fmtBytes } from '../numbers.ts'
import type { ModelReport, ReportInput } from '../report-input.ts'

/** The command that computes the same on a laptop; nothing where no commit is known. */
export function reproduce(input: Pick<ReportInput, 'commit' | 'headCommit' | 'prefix' | 'repository'>): Block[] {
  const commit = input.commit ?? input.headCommit
  if (commit === null || !/^[0-9a-f]{7,64}$/.test(commit)) return []
  const folder = input.prefix.replace(/\/$/, '')
  const enter = /^[A-Za-z0-9_./-]+$/.test(folder) ? ` && cd ./${folder}` : ''
  return [
    paragraph('**Reproduce** on a laptop:'),
    {
      kind: 'shell',
      text: `git fetch origin ${commit} && git checkout ${commit}${enter} && npx mlwright run experiment`,
    },
  ]
}

/** Where the model files are. */
export function modelLinks(models: readonly ModelReport[]): Block[] {
  const links = models
    .filter((model) => model.model_url !== null && model.run.model_file !== null)
    .map((model) => `${link(`${code(model.name)} (ONNX, ${fmtBytes(model.run.model_file!.bytes)})`, model.model_url)}`)
  return links.length > 0 ? [paragraph(`**${links.length === 1 ? 'Model' : 'Models'}.** ${links.join(' · ')}`)] : []
}
