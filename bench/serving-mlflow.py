# A peer of bench/serving.mjs: `mlflow models serve` of a Python function with onnxruntime, one worker.
import os
import sys

import mlflow.pyfunc

folder = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, folder)
from serving_onnx import OnnxModel


class Churn(mlflow.pyfunc.PythonModel):
    def load_context(self, context):
        self.onnx = OnnxModel(context.artifacts["model"])

    def predict(self, context, model_input, params=None):
        return self.onnx.answer(model_input.to_dict("records"))


if __name__ == "__main__":
    paths = {"artifacts": {"model": os.path.abspath(sys.argv[1])}, "code_paths": [f"{folder}/serving_onnx.py"]}
    mlflow.pyfunc.save_model("mlflow-model", python_model=Churn(), pip_requirements=[], **paths)
    service = ["mlflow", "models", "serve", "--model-uri", "mlflow-model", "--env-manager", "local", "--workers", "1"]
    os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", PATH=f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}")
    os.execv(sys.executable, [sys.executable, "-m", *service, "--host", "127.0.0.1", "--port", sys.argv[2]])
