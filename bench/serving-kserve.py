# A peer of bench/serving.mjs: KServe's Python server with onnxruntime, Open Inference Protocol v2, one worker.
import argparse
import logging
import sys

from kserve import InferOutput, InferResponse, Model, ModelServer, model_server
from serving_onnx import OnnxModel

logging.disable(logging.WARNING)


class Churn(Model):
    def __init__(self):
        super().__init__("churn")
        self.onnx = OnnxModel(sys.argv[1])
        self.ready = True

    async def predict(self, payload, headers=None, response_headers=None):
        label, probabilities = self.onnx.run({i.name: i.data for i in payload.inputs})
        outputs = [
            InferOutput("label", list(label.shape), "BYTES", label.tolist()),
            InferOutput("probabilities", list(probabilities.shape), "FP32", probabilities.ravel().tolist()),
        ]
        return InferResponse(payload.id or "", "churn", outputs)


parser = argparse.ArgumentParser(parents=[model_server.parser])
arguments, _ = parser.parse_known_args([f"--http_port={sys.argv[2]}", "--enable_grpc=False", "--workers=1"])
ModelServer(http_port=int(sys.argv[2]), enable_grpc=False, workers=1, access_log_format=None).start([Churn()])
