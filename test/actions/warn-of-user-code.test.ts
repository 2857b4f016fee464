import { readFileSync } from 'node:fs'
import { MemoryRunner } from '@mlwright/action'
import { expect, it } from 'vitest'
import { warnOfUserCode } from '../../actions/mlwright/warn-of-user-code.ts'

it('shows the workflow that keeps a command apart from the job that judges and from the one that writes', async () => {
  const runner = new MemoryRunner()
  await warnOfUserCode(runner)
  const starter = readFileSync(new URL('../../workflows/experiment.yml', import.meta.url), 'utf8')
  expect(runner.summaries.join('')).toContain(`\`\`\`yaml\n${starter}\`\`\``)
  expect(runner.lines.join('\n')).toContain('neither secrets nor a token that can write')
})
