import { takesColumns } from './model-signature.ts'
import type { ReleaseFacts } from './release-facts.ts'

const dates = `
for name in (i.name for i in inputs if i.type == "tensor(double)"):  # dates: days since 1970-01-01
    rows[name] = (pd.to_datetime(rows[name]) - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)`

const columns = (hasDates: boolean, outputs: string) => `import onnxruntime as ort
import pandas as pd

session = ort.InferenceSession("model.onnx")
inputs = session.get_inputs()
text = {i.name: str for i in inputs if i.type == "tensor(string)"}
rows = pd.read_csv("rows.csv", dtype=text, keep_default_na=False, na_values=[""])${hasDates ? dates : ''}


def tensor(i):  # one [N,1] tensor per column; missing text is "", a missing number is NaN
    if i.name in text:
        return rows[[i.name]].fillna("").to_numpy(dtype=object)
    return rows[[i.name]].to_numpy(dtype="float64" if i.type == "tensor(double)" else "float32")


${outputs} = session.run(None, {i.name: tensor(i) for i in inputs})`

const unknown = `import onnxruntime as ort

session = ort.InferenceSession("model.onnx")
print([(i.name, i.type, i.shape) for i in session.get_inputs()])`

/** Python that scores rows of a CSV file with the model; where the inputs are not one per column, it shows what they are. */
export function usageSnippet({ run, signature }: Pick<ReleaseFacts, 'run' | 'signature'>): string {
  if (signature === null || !takesColumns(signature, run.features)) return unknown
  const outputs = signature.outputs.map(({ name }) => name).join(', ')
  const plain = /^[a-z_]+(, [a-z_]+)*$/.test(outputs) ? `${outputs}${outputs.includes(',') ? '' : ','}` : 'answers'
  return columns(
    run.features.some(({ type }) => type === 'date'),
    plain,
  )
}
