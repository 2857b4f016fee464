import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ReleaseFacts, releaseAssets } from '@mlwright/registry'
import * as writing from '@mlwright/report'
import { recordText } from '@mlwright/tracking'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trainedRelease } from './trained-release.ts'

const python = process.env.MLWRIGHT_TEST_MLFLOW ?? 'python3'
const equipped = spawnSync(python, ['-c', 'import mlflow.onnx, onnxruntime, pandas']).status === 0
const tools = { writing, recordText }

let release: Awaited<ReturnType<typeof trainedRelease>>
let folder: string

beforeAll(async () => {
  release = await trainedRelease()
  folder = mkdtempSync(join(tmpdir(), 'mlwright-assets-'))
  for (const [name, bytes] of releaseAssets(release.facts, release.model, tools))
    writeFileSync(join(folder, name), bytes)
})

afterAll(() => {
  for (const path of [folder, release?.folder]) if (path) rmSync(path, { recursive: true, force: true })
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

const scoring = `
import numpy as np, onnxruntime as ort, pandas as pd
session = ort.InferenceSession("model.onnx")
text = [i.name for i in session.get_inputs() if i.type == "tensor(string)"]
names = [i.name for i in session.get_inputs()]
rows = pd.read_csv("rows.csv", dtype={n: str for n in text}, keep_default_na=False, na_values=[""])[names]
rows[text] = rows[text].fillna("")
feeds = {n: rows[[n]].to_numpy(dtype=object if n in text else "float32") for n in names}
label, probabilities = session.run(None, feeds)
assert len(set(label)) == 2 and len(rows) > 7000
`

const run = (script: string) => {
  const done = spawnSync(python, ['-W', 'ignore', '-'], { cwd: folder, input: script, encoding: 'utf8' })
  expect(done.status, done.stderr).toBe(0)
  return done.stdout
}

describe.skipIf(!equipped)(
  'in Python (skipped where it has no mlflow, onnx, onnxruntime and pandas; MLWRIGHT_TEST_MLFLOW names one that has)',
  () => {
    beforeAll(() => {
      execFileSync('cp', [join(release.folder, 'data/telco-churn.csv'), join(folder, 'rows.csv')])
      mkdirSync(join(folder, 'mlflow-model'))
      execFileSync('cp', ['MLmodel', 'model.onnx', 'mlflow-model'], { cwd: folder })
    })

    it('are a model that MLflow loads and that predicts the same from a DataFrame and from tensors', () => {
      run(`${scoring}
import mlflow
model = mlflow.pyfunc.load_model("mlflow-model")
for data in (rows, feeds):
    answer = model.predict(data)
    assert (answer["label"] == label).all() and (answer["probabilities"] == probabilities).all(), type(data)
assert mlflow.onnx.load_model("mlflow-model").graph.input[0].name == names[0]
assert model.metadata.metadata["tag"] == "churn@v1.0.0"
assert model.metadata.get_input_schema().input_names() == names
`)
    }, 180_000)

    it('explain how to use the model with code that runs', () => {
      const card = new TextDecoder().decode(assets().get('model-card.md'))
      const snippet = /```python\n(.*?)\n```/s.exec(card)![1]!
      run(`${scoring}
expected = probabilities
${snippet}
assert (probabilities == expected).all()
`)
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
