import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nativeLoader, onnxSessions } from '@mlwright/engines'
import { type ReleaseFacts, releaseAssets } from '@mlwright/registry'
import * as writing from '@mlwright/report'
import { recordText } from '@mlwright/tracking'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dailySales, telcoChurn, trainedRelease } from './trained-release.ts'

const python = process.env.MLWRIGHT_TEST_MLFLOW ?? 'python3'
const equipped =
  spawnSync(python, ['-c', 'import mlflow.onnx, onnxruntime, pandas, in_toto_attestation, huggingface_hub']).status ===
  0
const tools = { writing, recordText }

type Trained = Awaited<ReturnType<typeof trainedRelease>>

let release: Trained
let regression: Trained
let folder: string
let other: string

const written = ({ facts, model }: Trained) => {
  const path = mkdtempSync(join(tmpdir(), 'mlwright-assets-'))
  for (const [name, bytes] of releaseAssets(facts, model, tools)) writeFileSync(join(path, name), bytes)
  return path
}

beforeAll(async () => {
  release = await trainedRelease(telcoChurn)
  regression = await trainedRelease(dailySales)
  folder = written(release)
  other = written(regression)
}, 120_000)

afterAll(() => {
  for (const path of [folder, other, release?.folder, regression?.folder])
    if (path) rmSync(path, { recursive: true, force: true })
})

const assets = (changes: Partial<ReleaseFacts> = {}) =>
  releaseAssets({ ...release.facts, ...changes }, release.model, tools)
const names = (changes: Partial<ReleaseFacts>) => [...assets(changes).keys()]

describe('the files of a release', () => {
  it('are accepted by sha256sum', () => {
    const said = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' })
    expect(said.trim().split('\n')).toEqual(
      [
        'MLmodel',
        'contract.yaml',
        'evaluation.json',
        'ml-bom.cdx.json',
        'model-card.md',
        'model.onnx',
        'profile.json',
        'provenance.intoto.jsonl',
        'run.json',
      ].map((name) => `${name}: OK`),
    )
  })

  it('have the same bytes for the same facts', () => {
    const again = releaseAssets(structuredClone(release.facts), Uint8Array.from(release.model), tools)
    expect([...again].map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')])).toEqual(
      [...assets()].map(([name, bytes]) => [name, Buffer.from(bytes).toString('hex')]),
    )
  })

  it('have no contract where the dataset has none, and a comparison where there was a baseline', () => {
    expect(names({ contract: null })).not.toContain('contract.yaml')
    expect(names({})).not.toContain('comparison.json')
  })

  it('are refused for a model that is not that of the run', () => {
    expect(() => releaseAssets(release.facts, release.model.slice(1), tools)).toThrow(/train it again/)
  })

  it('are refused for a run that left no model', () => {
    expect(() => assets({ run: { ...release.facts.run, model_file: null } })).toThrow(/left no model/)
  })
})

describe("a built-in trainer's signature", () => {
  it('is the one that onnxruntime finds in the model', async () => {
    const sessions = onnxSessions({ load: nativeLoader({ own: import.meta.url }) })
    for (const { facts, model } of [release, regression]) {
      const session = await sessions.open(model)
      expect(facts.signature).toEqual({ inputs: session.inputs, outputs: session.outputs })
      await session.close()
    }
    expect(regression.facts.signature!.inputs.map(({ type }) => type)).toEqual(['double', 'string', 'float'])
  })
})

/** Rows of the data as the model takes them, one tensor per column, and what onnxruntime answers. */
const scoring = `
import numpy as np, onnxruntime as ort, pandas as pd
session = ort.InferenceSession("model.onnx")
types = {i.name: i.type for i in session.get_inputs()}
names = list(types)
text = [n for n in names if types[n] == "tensor(string)"]
data = pd.read_csv("rows.csv", dtype={n: str for n in text}, keep_default_na=False, na_values=[""])[names]
data[text] = data[text].fillna("")
for n in names:
    if types[n] == "tensor(double)":
        data[n] = pd.to_datetime(data[n]).map(lambda day: (day - pd.Timestamp("1970-01-01")).days).astype("float64")
feeds = {n: data[[n]].to_numpy(dtype={"tensor(string)": object, "tensor(double)": "float64"}.get(types[n], "float32")) for n in names}
expected = dict(zip([o.name for o in session.get_outputs()], session.run(None, feeds)))
assert len(data) >= 400 and all(len(set(answer.reshape(-1))) > 1 for answer in expected.values())
`

const run = (script: string, cwd = folder) => {
  const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' }
  const done = spawnSync(python, ['-W', 'ignore', '-'], { cwd, input: script, encoding: 'utf8', env })
  expect(done.status, done.stderr).toBe(0)
  return done.stdout
}

describe.skipIf(!equipped)(
  'in Python (skipped where it lacks mlflow, onnx, onnxruntime, pandas, in-toto-attestation or huggingface_hub; MLWRIGHT_TEST_MLFLOW names one that has them)',
  () => {
    beforeAll(() => {
      for (const [from, path] of [
        [join(release.folder, 'data/telco-churn.csv'), folder],
        [join(regression.folder, 'sales.csv'), other],
      ] as const) {
        cpSync(from, join(path, 'rows.csv'))
        for (const name of ['MLmodel', 'model.onnx']) cpSync(join(path, name), join(path, 'mlflow-model', name))
      }
    })

    it('are a model that MLflow loads and that predicts the same from a DataFrame and from tensors', () => {
      for (const path of [folder, other])
        run(
          `${scoring}
import mlflow
model = mlflow.pyfunc.load_model("mlflow-model")
for rows in (data, feeds):
    answer = model.predict(rows)
    assert answer.keys() == expected.keys()
    assert all((answer[name] == expected[name]).all() for name in expected), type(rows)
assert [i.name for i in mlflow.onnx.load_model("mlflow-model").graph.input] == names
assert model.metadata.metadata["version"] == "v1.0.0"
assert model.metadata.get_input_schema().input_names() == names
`,
          path,
        )
    }, 180_000)

    it('explain how to use the model with code that runs', () => {
      for (const [trained, path] of [
        [release, folder],
        [regression, other],
      ] as const) {
        const card = new TextDecoder().decode(releaseAssets(trained.facts, trained.model, tools).get('model-card.md'))
        const snippet = /```python\n(.*?)\n```/s.exec(card)![1]!
        const last = trained.facts.run.task === 'regression' ? 'prediction' : 'probabilities'
        run(`${scoring}\n${snippet}\nassert (${last} == expected["${last}"]).all()\n`, path)
      }
    }, 180_000)

    it('carry provenance that in-toto reads', () => {
      run(`
import json
from google.protobuf.json_format import Parse
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as Message
from in_toto_attestation.predicates.provenance.v1.provenance_pb2 import Provenance
text = open("provenance.intoto.jsonl").read()
Statement.copy_from_pb(Parse(text, Message())).validate()
Parse(json.dumps(json.loads(text)["predicate"]), Provenance())
`)
    })

    it("carry a card whose metadata Hugging Face's own reader takes", () => {
      const said = run(`
import json
from huggingface_hub import ModelCard
card = ModelCard.load("model-card.md", ignore_metadata_errors=False)
results = card.data.eval_results
print(json.dumps([results[0].metric_type, results[0].metric_value, results[0].dataset_revision, card.data.library_name]))
`)
      const { run: trained, evaluation } = release.facts
      expect(JSON.parse(said)).toEqual(['roc_auc', evaluation.metrics.roc_auc!.value, trained.dataset.digest, 'onnx'])
    })
  },
)
