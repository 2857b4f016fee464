# A peer of bench/serving.mjs: MLServer with onnxruntime, Open Inference Protocol v2, no worker processes.
import asyncio
import sys

from mlserver import MLModel, MLServer, ModelSettings, Settings
from mlserver.types import InferenceRequest, InferenceResponse, ResponseOutput
from serving_onnx import OnnxModel


class Churn(MLModel):
    async def load(self):
        self.onnx = OnnxModel(sys.argv[1])
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        label, probabilities = self.onnx.run({i.name: list(i.data) for i in payload.inputs})
        outputs = [
            ResponseOutput(name="label", shape=list(label.shape), datatype="BYTES", data=label.tolist()),
            ResponseOutput(
                name="probabilities",
                shape=list(probabilities.shape),
                datatype="FP32",
                data=probabilities.ravel().tolist(),
            ),
        ]
        return InferenceResponse(model_name="churn", outputs=outputs)


async def main():
    port = int(sys.argv[2])
    settings = Settings(
        host="127.0.0.1", http_port=port, grpc_port=port + 1000, metrics_port=port + 2000, parallel_workers=0, debug=False
    )
    server = MLServer(settings)
    await server.start([ModelSettings(name="churn", implementation=Churn)])


asyncio.run(main())
