# Starts bench/serving_bentoml.py as BentoML wants it.
import os
import sys

folder = os.path.dirname(os.path.abspath(__file__))
os.environ.update(MODEL=os.path.abspath(sys.argv[1]), BENTOML_DO_NOT_TRACK="true", PYTHONPATH=folder)
service = ["bentoml", "serve", "serving_bentoml:Churn", "--working-dir", folder, "--host", "127.0.0.1"]
os.execv(sys.executable, [sys.executable, "-m", *service, "--port", sys.argv[2]])
