"""Trains a random forest with scikit-learn and leaves it as ONNX: the whole contract with mlwright is in the environment."""

import json
import os
from pathlib import Path

import pandas as pd
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline

features = [feature["name"] for feature in json.loads(Path(os.environ["MLWRIGHT_FEATURES"]).read_text())]
params = json.loads(Path(os.environ["MLWRIGHT_PARAMS"]).read_text())
target = os.environ["MLWRIGHT_TARGET"]
output = Path(os.environ["MLWRIGHT_OUTPUT"])

train = pd.read_parquet(os.environ["MLWRIGHT_TRAIN"])
x, y = train[features].astype("float32").to_numpy(), train[target].astype(str).to_numpy()

forest = RandomForestClassifier(
    n_estimators=int(params["estimators"]),
    min_samples_leaf=int(params["min_samples_leaf"]),
    random_state=int(os.environ["MLWRIGHT_SEED"]),
    oob_score=True,
)
model = make_pipeline(SimpleImputer(strategy="median"), forest).fit(x, y)

# One float input with the columns in the order of features.json; plain probabilities, not a list of dictionaries.
onnx = convert_sklearn(
    model,
    name="diabetes",  # a random name would give other bytes for the same model
    initial_types=[("features", FloatTensorType([None, len(features)]))],
    options={id(model): {"zipmap": False}},
    target_opset={"": 21, "ai.onnx.ml": 3},
)
(output / "model.onnx").write_bytes(onnx.SerializeToString())

positive = forest.oob_decision_function_[:, 1]
print(f"out-of-bag AUC on {len(y)} rows: {roc_auc_score(y == forest.classes_[1], positive):.4f}")
(output / "metrics.json").write_text(json.dumps({"oob_accuracy": forest.oob_score_}))
