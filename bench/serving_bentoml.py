# A peer of bench/serving.mjs: BentoML with onnxruntime, one worker.
import os

import bentoml
from serving_onnx import OnnxModel


@bentoml.service(workers=1, logging={"access": {"enabled": False}})
class Churn:
    def __init__(self):
        self.onnx = OnnxModel(os.environ["MODEL"])

    @bentoml.api
    def predict(self, rows: list[dict]) -> list[dict]:
        return self.onnx.answer(rows)
