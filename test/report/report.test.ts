import { renderReport, reportMarker } from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import {
  change,
  comparison,
  evaluation,
  finding,
  firstLine,
  input,
  model,
  run,
  validation,
  withModel,
} from './fixtures.ts'

const opening = (...changed: Parameters<typeof withModel>) => firstLine(renderReport(withModel(...changed)).comment)
const withPrimary = (primary: ReturnType<typeof change>) => ({
  ...comparison,
  metrics: { ...comparison.metrics, roc_auc: primary },
})

describe('the marker', () => {
  it('is the first line and finds the comment of one project again', () => {
    const { comment, summary } = renderReport(input)
    expect(comment.split('\n')[0]).toBe('<!-- mlwright:report project=telco-churn -->')
    expect(reportMarker('telco-churn')).toBe('<!-- mlwright:report project=telco-churn -->')
    expect(summary).not.toContain('<!--')
  })
  it('cannot be closed early by a name', () =>
    expect(reportMarker('x --> @a')).toBe('<!-- mlwright:report project=x-a -->'))
})

describe('the verdict', () => {
  it('says what the primary metric did, how sure that is, and the gates', () => {
    expect(opening({})).toBe(
      '✅ **`churn` passes**: `roc_auc` improves by 0.0059 to 0.8431 (95% interval of the change +0.0012 to +0.0105), which meets its gates of at least 0.8 and a drop of at most 0.005; the other gate holds too.',
    )
  })
  it('calls a change noise when the interval holds 0', () => {
    expect(opening({ comparison: withPrimary(change(0.8501, 0.8431, -0.0153, 0.0009, false)) })).toContain(
      '`roc_auc` stays within noise at 0.8431 (change −0.0070, 95% interval −0.0153 to +0.0009)',
    )
  })
  it('names each gate that is not met, with its value', () => {
    const gates = evaluation.gates.map((gate) => ({
      ...gate,
      verdict: 'fail' as const,
      value: gate.metric === 'log_loss' ? 0.4612 : 0.7912,
    }))
    const failed = { ...evaluation, gates, verdict: 'fail' as const }
    const worse = withPrimary(change(0.8431, 0.7912, -0.0641, -0.0402, false))
    expect(opening({ verdict: 'fail', evaluation: failed, comparison: worse })).toBe(
      '❌ **`churn` fails**: `roc_auc` worsens by 0.0519 to 0.7912 (95% interval of the change −0.0641 to −0.0402), which fails its gate of at least 0.8; `log_loss` is 0.4612 and fails its gate of at most 0.45.',
    )
  })
  it('tells a drop beyond its limit within noise from one beyond it', () => {
    const strained = {
      ...withPrimary(change(0.8501, 0.8431, -0.0153, 0.0009, false)),
      gates: [{ ...comparison.gates[0]!, verdict: 'warn' as const }],
    }
    expect(opening({ verdict: 'warn', comparison: strained })).toContain(
      'which exceeds its gate of a drop of at most 0.005, though within noise',
    )
    expect(renderReport(withModel({ verdict: 'warn', comparison: strained })).checkTitle).toBe(
      'churn: roc_auc 0.8431 (−0.0070, within noise), exceeds 1 of 3 gates within noise',
    )
  })
  it('says that nothing is gated', () => {
    expect(opening({ evaluation: { ...evaluation, gates: [] }, comparison: { ...comparison, gates: [] } })).toMatch(
      /, and has no gate\.$/,
    )
  })
  it('puts broken data first when only the data fails', () => {
    const broken = {
      ...validation,
      verdict: 'fail' as const,
      failed: 1,
      findings: [{ ...finding, level: 'fail' as const }],
    }
    expect(opening({}, { verdict: 'fail', validations: [broken] })).toMatch(
      /^❌ \*\*`churn` fails\*\*: the data `customers` breaks 1 rule; `roc_auc` improves/,
    )
  })
  it('says why there is no model, and shows no table', () => {
    const { comment, checkTitle } = renderReport(
      withModel({
        verdict: 'fail',
        evaluation: null,
        comparison: null,
        run: { ...run, model_file: null, failure: '`python train.py` ended with exit code 1.\n  Traceback\n``` @acme' },
      }),
    )
    expect(firstLine(comment)).toContain(
      "**`churn` fails**: training left no model, because `'python train.py' ended with exit code 1 …`.",
    )
    expect(comment).toContain('````text\n`python train.py` ended with exit code 1.\n  Traceback\n``` @acme\n````')
    expect(comment).not.toContain('| metric |')
    expect(checkTitle).toBe('churn: training left no model')
  })
  it('says that a metric is undefined and why', () => {
    const metrics = {
      ...evaluation.metrics,
      roc_auc: { value: null, low: null, high: null, reason: 'Only one class is in the test rows.' },
    }
    expect(opening({ evaluation: { ...evaluation, metrics } })).toContain(
      '`roc_auc` is undefined (`Only one class is in the test rows`)',
    )
  })
  it('says in its second sentence that the rules changed', () => {
    const rules_changed = ['changes the gate roc_auc min 0.85 to 0.8', 'changes the split']
    expect(opening({ rules_changed })).toMatch(
      /holds too\. ⚖️ This PR changes the rules that judge it \(it `changes the gate roc_auc min 0\.85 to 0\.8` and `changes the split`\), so the old rules and the new ones both judged it, and the worse verdict counts\.$/,
    )
  })
  it('says that it is the old rules by which a model fails', () => {
    expect(opening({ verdict: 'fail', rules_changed: ['removes the gate x'] })).toMatch(
      /^❌ \*\*`churn` fails\*\*: by the rules of main it fails; `roc_auc` improves .* which meets its gates/,
    )
  })
  it('says that a fork computed it', () => {
    const report = renderReport(withModel({}, { fork: true }))
    expect(firstLine(report.comment)).toContain('**`churn` passes** (computed by the fork, unverified): ')
    expect(report.checkTitle).toMatch(/^Unverified, from a fork: /)
  })
})

describe('the metric table', () => {
  const { comment } = renderReport(input)
  it('has the columns in order, the train gap and a majority row', () => {
    expect(comment).toContain('| metric | main | this PR | change | 95% interval | gate | train (gap) |')
    expect(comment).toContain('| majority | | 0.5000 | | | | |')
  })
  it('points arrows where the number went and says whether that is good', () => {
    expect(comment).toContain('| ↑ **+0.0059** better |')
    expect(comment).toContain('| ↓ **−0.0114** better |')
    expect(comment).toContain('| +0.0111 within noise |')
    expect(
      renderReport(withModel({ comparison: withPrimary(change(0.8431, 0.7912, -0.0641, -0.0402, false)) })).comment,
    ).toContain('| ↓ **−0.0519** worse |')
  })
  it('shows a requirement once where a gate asks the same', () =>
    expect(comment).toContain('✅\u00a0≥\u00a00.8 (`R1`) · ✅\u00a0drop\u00a0≤\u00a00.005 |'))
  it('has no change columns without a baseline, and says why there is none', () => {
    const first = renderReport(
      withModel({
        comparison: null,
        baseline: { run: null, evaluation: null, retrained: false, reason: 'Check out with `fetch-depth: 2`.' },
      }),
    ).comment
    expect(first).toContain('| metric | this PR | 95% interval | gate | train (gap) |')
    expect(first).toContain("There is no model on main to compare with: `Check out with 'fetch-depth: 2'`.")
    expect(firstLine(first)).toContain('there is no model on main to compare with.')
  })
})

describe('the facts of the comparison', () => {
  const facts = (changes: Parameters<typeof withModel>[0]) =>
    /^1,409 test rows.*$/m.exec(renderReport(withModel(changes)).comment)![0]
  it('says rows, balance, threshold, level and what the intervals cover', () => {
    expect(facts({})).toBe(
      '1,409 test rows · 26.5% `Yes` · the majority class alone is right for 73.5% · decision threshold 0.5 · 95% intervals of the change, from 1,000 resamples by row, cover the sampling of test rows only. Both models are compared on the same 1,409 rows.',
    )
  })
  it('says how many rows both splits hold', () => {
    expect(facts({ comparison: { ...comparison, rows: { both: 1350, baseline: 1380, candidate: 1409 } } })).toContain(
      'The two are compared on the 1,350 rows that both test splits hold (main has 1,380, this PR 1,409); minimum and maximum gates judge all 1,409.',
    )
  })
  it('says that the baseline was trained again, and why', () => {
    expect(facts({ baseline: { ...model.baseline, retrained: true, reason: 'Its predictions expired.' } })).toContain(
      'was trained again for this comparison (`Its predictions expired`).',
    )
  })
  it('says that it is unpaired', () =>
    expect(facts({ comparison: { ...comparison, paired: false } })).toContain('**unpaired**'))
})

describe('what changed', () => {
  it('counts flips, and those that are wrong in another way', () => {
    expect(renderReport(input).comment).toContain('41 of 1,409 predictions changed: 24 now right, 17 now wrong.')
    const three = { ...comparison, flips: { ...comparison.flips!, changed: 45 } }
    expect(renderReport(withModel({ comparison: three })).comment).toContain(
      '24 now right, 17 now wrong, 4 wrong in another way.',
    )
    const same = { ...comparison, flips: { changed: 0, right: 0, wrong: 0, largest: [] } }
    expect(renderReport(withModel({ comparison: same })).comment).toContain('None of 1,409 predictions changed.')
  })
  it('shows slices that got worse beyond noise, and says what chance alone would give of many', () => {
    const { comment } = renderReport(input)
    expect(comment).toContain('`roc_auc` got worse beyond noise in 1 of 5 slices.')
    expect(comment).toMatch(
      /\| `contract` = `Two year` \| 337 \|[^\n]*\n\n<details>\n<summary>4 slices that did not get worse/,
    )
    const many = Array.from({ length: 8 }, () => comparison.slices).flat()
    // 40 slices, each below a 95 % interval by chance in 2.5 %: 1 slice.
    expect(renderReport(withModel({ comparison: { ...comparison, slices: many } })).comment).toContain(
      'in 8 of 40 slices. With this many slices, about 1 would by chance alone.',
    )
  })
  it('says which features, params and data differ', () => {
    const differs = {
      ...comparison,
      features: [
        { name: 'a', baseline: null, candidate: 0.3 },
        { name: 'b', baseline: 0.2, candidate: null },
      ],
      data: {
        baseline: { digest: 'aaaaaaaaaa', rows: 7043 },
        candidate: { digest: 'bbbbbbbbbb', rows: 7101 },
        added: ['a'],
        removed: ['b'],
        retyped: [{ name: 'c', baseline: 'string', candidate: 'number' }],
      },
    }
    const { comment } = renderReport(withModel({ comparison: differs }))
    expect(comment).toContain('**Features.** 1 added (`a`) and 1 removed (`b`); the model now has 1.')
    expect(comment).toContain('**Params.** `params.leaves` `31` → `8`, `params.learning_rate` `0.1` → `0.05`.')
    expect(comment).toContain(
      '7,043 → 7,101 rows (+58); 1 column added (`a`); 1 column removed (`b`); `c` is `number`, was `string`; digest `aaaaaaaa` → `bbbbbbbb`.',
    )
  })
  it('warns of leakage', () => {
    const leak = {
      ...finding,
      rule: 'single-feature',
      column: 'tenure',
      message: 'tenure alone reaches an AUC of 0.997.',
      location: null,
      count: null,
      share: null,
      examples: [],
    }
    const { comment } = renderReport(withModel({ evaluation: { ...evaluation, findings: [leak] } }))
    expect(firstLine(comment)).toContain('1 warning about the model needs a look')
    expect(comment).toContain(
      'Look at this before you believe the numbers:\n\n- ⚠️ `tenure`, rule `single-feature`: `tenure alone reaches an AUC of 0.997`.',
    )
  })
})

describe('several models', () => {
  const several = renderReport({
    ...input,
    verdict: 'fail',
    models: [
      { ...model, verdict: 'fail' },
      { ...model, name: 'ltv' },
      { ...model, name: 'spam', unchanged: true },
    ],
  })
  it('open with one sentence, have a section each, and unchanged ones have a line', () => {
    expect(firstLine(several.comment)).toBe(
      '❌ **`telco-churn` fails**: `churn` fails; `ltv` passes; 1 model is unchanged; the data `customers` has 1 warning.',
    )
    expect(several.comment.match(/^### .*$/gm)).toEqual(['### `churn`', '### `ltv`', '### Data'])
    expect(several.comment).toContain(
      '- ➖ **`spam` is unchanged**: the same inputs as on main (digest `9c41d2f0`); `roc_auc` is 0.8431.',
    )
    expect(several.checkTitle).toBe('1 of 3 models fails, 1 unchanged')
  })
  it('are one line when the only one is unchanged, with the rules that changed', () => {
    expect(opening({ unchanged: true, rules_changed: ['removes the gate x'] })).toMatch(
      /^➖ \*\*`churn` is unchanged\*\*: .* judge it \(it `removes the gate x`\), so .*\.$/,
    )
    expect(renderReport(withModel({ unchanged: true })).comment).not.toContain('| metric |')
  })
  it('may be none, when only data was checked', () => {
    expect(firstLine(renderReport({ ...input, models: [] }).comment)).toContain(
      '1 dataset checked, no model trained; the data `customers` has 1 warning.',
    )
  })
})

describe('the rest', () => {
  it('gives the command that reproduces it, in its folder', () => {
    expect(renderReport({ ...input, prefix: 'services/churn/' }).comment).toContain(
      `git fetch origin ${'d'.repeat(40)} && git checkout ${'d'.repeat(40)} && cd ./services/churn && npx mlwright run experiment`,
    )
  })
  it('links findings and annotates them below the folder of the configuration', () => {
    const report = renderReport({ ...input, prefix: 'services/churn/' })
    expect(report.comment).toContain(
      `https://github.com/acme/telco/blob/${'1'.repeat(40)}/services/churn/contracts/customers.odcs.yaml#L97`,
    )
    expect(report.annotations).toEqual([
      {
        level: 'warning',
        title: 'range: total_charges',
        message: finding.message,
        location: { file: 'services/churn/contracts/customers.odcs.yaml', line: 97, column: 11 },
      },
    ])
  })
  it('drops an annotation to its file where the head has another file, and links the tested one', () => {
    const differing = ['contracts/customers.odcs.yaml']
    const report = renderReport({ ...input, differing })
    expect(report.annotations).toEqual([
      {
        level: 'warning',
        title: 'range: total_charges',
        message: `${finding.message} (Line 97 of contracts/customers.odcs.yaml once it is merged; the file differs here.)`,
        location: { file: 'contracts/customers.odcs.yaml', line: 1, column: 1 },
      },
    ])
    expect(report.comment).toContain(`/blob/${'d'.repeat(40)}/contracts/customers.odcs.yaml#L97`)
  })
  it('works where there is no repository, pull request or commit', () => {
    const local = {
      ...input,
      repository: null,
      pullRequest: null,
      commit: null,
      headCommit: null,
      runUrl: null,
      models: [{ ...model, model_url: null }],
    }
    const { comment } = renderReport(local)
    expect(comment).toContain('| metric | main | this run |')
    expect(comment).not.toContain('](')
    expect(comment).not.toContain('git fetch')
  })
})
