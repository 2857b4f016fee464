import { releaseMarker, releaseNotes } from '@mlwright/registry'
import * as writing from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { facts } from './facts.ts'

describe('the notes of a release', () => {
  it('say verdict, numbers, what changed, where it comes from and how to check it', () => {
    expect(releaseNotes(facts, writing)).toMatchInlineSnapshot(`
      "<!-- mlwright:release tag=churn@v1.4.0 -->
      ✅ **\`churn\` v1.4.0 passes**: \`roc_auc\` is 0.8431 (95% interval 0.8212 to 0.8638), +0.0059 against v1.3.0, on 1,409 test rows.

      | metric | v1.4.0 | 95% interval | v1.3.0 | change | 95% interval of the change | gate |
      | --- | --: | --: | --: | --: | --: | --- |
      | \`roc_auc\` | **0.8431** | 0.8212 to 0.8638 | 0.8372 | **+0.0059** better | +0.0012 to +0.0105 | pass: min 0.8, pass: max drop 0.005 |
      | \`pr_auc\` | 0.6502 | 0.6031 to 0.6957 | 0.6391 | +0.0111 within noise | −0.0014 to +0.0239 |  |
      | \`log_loss\` | 0.4198 | 0.3973 to 0.4421 | 0.4312 | **−0.0114** better | −0.0181 to −0.0046 | pass: max 0.45 |
      | \`accuracy\` | 0.8006 | 0.7792 to 0.8204 | 0.7956 | +0.0050 within noise | −0.0043 to +0.0142 |  |
      | \`f1\` | 0.5898 | 0.5462 to 0.6311 | 0.5789 | +0.0108 within noise | −0.0121 to +0.0335 |  |

      **What changed.** A patch version: \`params.leaves from 31 to 8\`, \`params.learning_rate from 0.1 to 0.05\`.

      Trained by [run \`20260511T093000Z-9c41d2f0\`](https://github.com/acme/telco/actions/runs/4711/attempts/1) for [pull request 12](https://github.com/acme/telco/pull/12), started by \`ada\`.

      **Verify** what you downloaded:

      \`\`\`sh
      sha256sum -c SHA256SUMS
      npx mlwright verify churn@v1.4.0
      \`\`\`
      "
    `)
  })

  it('open with a marker that names the tag', () => {
    expect(releaseNotes(facts, writing).split('\n')[0]).toBe(releaseMarker('churn@v1.4.0'))
  })

  it('link nowhere without a repository', () => {
    expect(releaseNotes({ ...facts, repository: null }, writing)).not.toContain('](')
  })
})
