import { modelCard, releaseNotes } from '@mlwright/registry'
import * as writing from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { prose, rendered } from '../../report/rendered.ts'
import { facts } from './facts.ts'

const split = (card: string) => {
  const [, metadata, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(card)!
  return { metadata: parse(metadata!), body: body! }
}
const card = (changes: Partial<typeof facts> = {}) => split(modelCard({ ...facts, ...changes }, writing))

describe('the model card', () => {
  it("opens with Hugging Face's metadata, whose dataset revision is the data's digest", () => {
    const { metadata } = card()
    expect(metadata).toMatchObject({
      library_name: 'onnx',
      pipeline_tag: 'tabular-classification',
      datasets: ['customers'],
    })
    const [result] = metadata['model-index'][0].results
    expect(result.dataset.revision).toBe(facts.run.dataset.digest)
    expect(result.metrics[0]).toEqual({ type: 'roc_auc', value: 0.8431, name: 'roc_auc' })
    expect(result.source.url).toBe('https://github.com/acme/telco/releases/tag/churn%40v1.4.0')
  })

  it('leaves out the licence, which nobody told it', () => {
    expect(card().metadata).not.toHaveProperty('license')
  })

  it('tells a reader what the model is for, worth and made of, and how to use, verify and reproduce it', () => {
    expect(card().body).toMatchInlineSnapshot(`
      "
      # \`churn\` v1.4.0

      ✅ **\`churn\` v1.4.0 passes**: \`roc_auc\` is 0.8431 (95% interval 0.8212 to 0.8638), +0.0059 against v1.3.0, on 1,409 test rows.

      ## What it is for

      \`Find the customers who are about to leave, so that retention can call them first.\`

      A model for classification of \`churn\`, of the project \`telco-churn\`.

      - \`R1\`: \`Rank churners well enough to be worth a call\`

      Owners: data engineer \`@acme/data\`, ML engineer \`@acme/platform\`.

      ## What it is worth

      | metric | v1.4.0 | 95% interval | v1.3.0 | change | 95% interval of the change | gate |
      | --- | --: | --: | --: | --: | --: | --- |
      | \`roc_auc\` | **0.8431** | 0.8212 to 0.8638 | 0.8372 | **+0.0059** better | +0.0012 to +0.0105 | pass: min 0.8, pass: max drop 0.005 |
      | \`pr_auc\` | 0.6502 | 0.6031 to 0.6957 | 0.6391 | +0.0111 within noise | −0.0014 to +0.0239 |  |
      | \`log_loss\` | 0.4198 | 0.3973 to 0.4421 | 0.4312 | **−0.0114** better | −0.0181 to −0.0046 | pass: max 0.45 |
      | \`accuracy\` | 0.8006 | 0.7792 to 0.8204 | 0.7956 | +0.0050 within noise | −0.0043 to +0.0142 |  |
      | \`f1\` | 0.5898 | 0.5462 to 0.6311 | 0.5789 | +0.0108 within noise | −0.0121 to +0.0335 |  |

      | slice | rows | \`roc_auc\` of v1.4.0 | 95% interval | v1.3.0 | change | 95% interval of the change |
      | --- | --: | --: | --: | --: | --: | --: |
      | \`contract\` = \`Month-to-month\` | 781 | 0.7461 | 0.7110 to 0.7804 | 0.7368 | **+0.0093** better | +0.0028 to +0.0164 |
      | \`contract\` = \`One year\` | 291 | 0.7212 | 0.6240 to 0.8090 | 0.7186 | +0.0026 within noise | −0.0204 to +0.0263 |

      ## Data

      |  |  |
      | --- | --- |
      | dataset | \`customers\` |
      | files | \`data/telco-churn.csv\` |
      | digest | \`5be1c07dbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` |
      | rows | 7,043: 5,634 train, 0 validation, 1,409 test |
      | split | \`{"method":"random","test":0.2,"stratify":true,"seed":7}\` |
      | columns | 20 |
      | target | \`churn\`: \`No\`, \`Yes\` |

      ## Features

      | feature | type | importance |
      | --- | --- | --: |
      | \`contract\` | string | 38.2% |
      | \`tenure\` | number | 16.0% |
      | \`internet_service\` | string | 14.1% |
      | \`monthly_charges\` | number | 9.3% |
      | \`total_charges\` | number | 7.0% |
      | \`payment_method\` | string | 4.2% |
      | \`online_security\` | string | 3.9% |
      | \`tech_support\` | string | 3.1% |
      | \`paperless_billing\` | string | 1.4% |
      | \`streaming_movies\` | string | 1.0% |
      | \`multiple_lines\` | string | 0.88% |
      | \`senior_citizen\` | number | 0.43% |
      | \`online_backup\` | string | 0.21% |
      | \`gender\` | string | 0.09% |
      | \`partner\` | string | 0.07% |
      | \`streaming_tv\` | string | 0.05% |
      | \`dependents\` | string | 0% |
      | \`phone_service\` | string | 0% |
      | \`device_protection\` | string | 0% |

      ## Training

      |  |  |
      | --- | --- |
      | algorithm | \`gradient-boosting\` |
      | params | \`rounds=100\`, \`leaves=8\`, \`learning_rate=0.05\` |
      | seed | \`7\` |
      | script | \`gradient-boosting\` |
      | trained on commit | \`dddddddddddddddddddddddddddddddddddddddd\` |
      | registered commit | [\`eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\`](https://github.com/acme/telco/commit/eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee) |
      | author | \`Ada Lovelace\` |
      | run | [\`20260511T093000Z-9c41d2f0\`](https://github.com/acme/telco/actions/runs/4711/attempts/1) |
      | started | \`2026-05-11T09:30:00.000Z\` |
      | duration | 2.9 s |
      | model file | ONNX, 61 kB, SHA-256 \`77d0e1a2b3c4cccccccccccccccccccccccccccccccccccccccccccccccccccc\` |
      | inputs | digest \`9c41d2f0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\` |
      | made with | mlwright \`0.1.0\`, Node \`24.4.0\`, \`linux-x64\` |

      ## Limits

      - Measured on 1,409 test rows of one dataset; its intervals cover the choice of those rows and nothing else, such as data that changes later.

      ## How to use it

      \`\`\`python
      import onnxruntime as ort
      import pandas as pd

      session = ort.InferenceSession("model.onnx")
      inputs = session.get_inputs()
      text = {i.name: str for i in inputs if i.type == "tensor(string)"}
      rows = pd.read_csv("rows.csv", dtype=text, keep_default_na=False, na_values=[""])


      def tensor(i):  # one [N,1] tensor per column; missing text is "", a missing number is NaN
          if i.name in text:
              return rows[[i.name]].fillna("").to_numpy(dtype=object)
          return rows[[i.name]].to_numpy(dtype="float64" if i.type == "tensor(double)" else "float32")


      label, probabilities = session.run(None, {i.name: tensor(i) for i in inputs})
      \`\`\`

      Or judge it again on its test split, in the repository:

      \`\`\`sh
      npx mlwright evaluate --model-path model.onnx
      \`\`\`

      ## How to verify it

      \`\`\`sh
      sha256sum -c SHA256SUMS
      npx mlwright verify churn@v1.4.0
      \`\`\`

      ## How to reproduce it

      The same inputs give the same bytes.

      \`\`\`sh
      npx mlwright reproduce churn@v1.4.0

      # or by hand
      git fetch origin dddddddddddddddddddddddddddddddddddddddd && git checkout dddddddddddddddddddddddddddddddddddddddd && npx mlwright run experiment
      \`\`\`
      "
    `)
  })

  it('names no champion where there was none', () => {
    expect(card({ comparison: null, champion: null }).body).not.toMatch(/v1\.3\.0|baseline/)
  })

  it('lists an undefined metric among the limits, and not in the metadata', () => {
    const metrics = { ...facts.evaluation.metrics, f1: { value: null, low: null, high: null, reason: 'no row is Yes' } }
    const { metadata, body } = card({ evaluation: { ...facts.evaluation, metrics } })
    expect(body).toContain('- `f1` is undefined: `no row is Yes`.')
    expect(metadata['model-index'][0].results[0].metrics.map(({ type }: { type: string }) => type)).not.toContain('f1')
  })

  it("shows how to find out the inputs of a command's model", () => {
    expect(card({ signature: null }).body).toContain('session.get_inputs()])')
  })
})

const attacks = [
  'EVIL @acme/everyone fixes #1 https://evil.example/EVIL',
  'EVIL|`x`|@acme|\n\n# EVIL\n\n---\n- fixes #1',
  '<!-- mlwright:release tag=other --> EVIL <script>EVIL</script> <img src=EVIL>',
  '```\nEVIL\n```\n~~~\n"; rm -rf / #EVIL "] --> EVIL',
  'EVIL: {a: b}\n---\nlicense: EVIL\u0085\u2028\ud800',
]
const ours = new Set([
  'kind',
  'level',
  'verdict',
  'task',
  'type',
  'rule',
  'resampling',
  'method',
  'algorithm',
  'started',
])
const renamed = ['metrics', 'class_counts', 'params']

/** Every text in a value replaced by an attack, names of metrics and params included. */
function poisoned<T>(value: T, attack: string): T {
  const walk = (node: unknown, key: string): unknown => {
    if (typeof node === 'string') return ours.has(key) ? node : attack
    if (Array.isArray(node)) return node.map((item) => walk(item, key))
    if (node === null || typeof node !== 'object') return node
    return Object.fromEntries(
      Object.entries(node).map(([name, item], index) => [
        renamed.includes(key) ? `${attack}${index || ''}` : name,
        walk(item, name),
      ]),
    )
  }
  return walk(value, '') as T
}

describe.each(attacks)('text of others (%j)', (attack) => {
  const { run, evaluation, comparison, project, bump } = poisoned(facts, attack)
  const evil = { ...facts, run, evaluation, comparison, project, bump: { ...facts.bump, reasons: bump.reasons } }

  it('stays a code span in the card and in the notes', () => {
    for (const markdown of [card(evil).body, releaseNotes(evil, writing).split('\n').slice(1).join('\n')]) {
      const html = rendered(markdown)
      expect(prose(html)).not.toMatch(/EVIL|@acme|fixes/)
      expect(html).not.toMatch(/<(?!\/?(p|h1|h2|ul|li|strong|table|thead|tbody|tr|th|td|code|pre|a)(?=[\s>]))/)
      expect(html.match(/href="(?!https:\/\/github\.com\/acme\/telco)/)).toBeNull()
    }
  })

  it('stays text in the metadata', () => {
    expect(Object.keys(card(evil).metadata)).toEqual(Object.keys(card().metadata))
  })
})
