# The strong peer of bench/serving.mjs: FastAPI with orjson and onnxruntime, one thread, no validation, log or metrics.
import sys

import numpy as np
import onnxruntime
import orjson
import uvicorn
from fastapi import FastAPI, Request, Response

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
kinds = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(string)": object}
inputs = [(i.name, kinds[i.type]) for i in session.get_inputs()]
missing = {np.float32: float("nan"), np.float64: float("nan"), object: ""}
app = FastAPI()


def column(rows, name, kind):
    values = [row[name] for row in rows]
    return np.array([[missing[kind] if v is None else v] for v in values], dtype=kind)


@app.post("/predict")
async def predict(request: Request):
    body = orjson.loads(await request.body())
    rows = body if isinstance(body, list) else [body]
    label, probabilities = session.run(None, {name: column(rows, name, kind) for name, kind in inputs})
    answer = [{"prediction": a, "probabilities": p} for a, p in zip(label.tolist(), probabilities.tolist())]
    return Response(orjson.dumps(answer if isinstance(body, list) else answer[0]), media_type="application/json")


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
