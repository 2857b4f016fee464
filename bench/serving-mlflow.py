# A peer of bench/serving.mjs: `mlflow models serve` of the ONNX flavour, one worker.
import os
import sys

import mlflow.onnx
import onnx

if not os.path.exists("mlflow-model"):
    mlflow.onnx.save_model(onnx.load(sys.argv[1]), "mlflow-model")
service = ["mlflow", "models", "serve", "--model-uri", "mlflow-model", "--env-manager", "local", "--workers", "1"]
os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", PATH=f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}")
os.execv(sys.executable, [sys.executable, "-m", *service, "--host", "127.0.0.1", "--port", sys.argv[2]])
