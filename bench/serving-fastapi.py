# The strong peer of bench/serving.mjs: FastAPI with orjson and onnxruntime, one thread, no validation, log or metrics.
import sys

import orjson
import uvicorn
from fastapi import FastAPI, Request, Response
from serving_onnx import OnnxModel

model = OnnxModel(sys.argv[1])
app = FastAPI()


@app.post("/predict")
async def predict(request: Request):
    body = orjson.loads(await request.body())
    answer = model.answer(body if isinstance(body, list) else [body])
    return Response(orjson.dumps(answer if isinstance(body, list) else answer[0]), media_type="application/json")


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
