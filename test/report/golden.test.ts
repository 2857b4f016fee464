import { renderReport } from '@mlwright/report'
import { expect, it } from 'vitest'
import { input, withModel } from './fixtures.ts'

// After a deliberate change of wording: npx vitest run test/report/golden.test.ts --update
// Then read the difference as a reviewer would.

it('writes this comment for a pull request that goes from 31 to 8 leaves', async () => {
  await expect(renderReport(input).comment).toMatchFileSnapshot('golden/telco-churn.md')
})

it('writes this comment for the first model of a repository', async () => {
  const first = withModel({
    comparison: null,
    history: [],
    baseline: { run: null, evaluation: null, retrained: false, reason: 'There is nothing to compare with yet.' },
  })
  await expect(renderReport(first).comment).toMatchFileSnapshot('golden/first-model.md')
})
