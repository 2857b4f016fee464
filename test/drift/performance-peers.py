"""NannyML's estimates without labels, chunk by chunk, as JSON: `performance-peers.py classes|numbers reference.csv current.csv`."""

import json
import logging
import os
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
os.environ.update(DO_NOT_TRACK='1', NML_DISABLE_USAGE_LOGGING='1')
import nannyml
import pandas

kind, reference, current = sys.argv[1], pandas.read_csv(sys.argv[2]), pandas.read_csv(sys.argv[3])
if kind == "classes":
    names = sorted(column[2:] for column in reference if column.startswith("p_"))
    estimator = nannyml.CBPE(
        problem_type="classification_multiclass",
        y_pred_proba={name: f"p_{name}" for name in names},
        y_pred="prediction",
        y_true="y",
        metrics=["accuracy", "f1", "roc_auc"],
        chunk_number=5,
    )
else:
    estimator = nannyml.DLE(
        feature_column_names=["x", "g"],
        y_pred="prediction",
        y_true="y",
        metrics=["mae", "rmse"],
        chunk_number=5,
    )
estimator.fit(reference)
table = estimator.estimate(current).filter(period="analysis").to_df()
metrics = ["accuracy", "f1", "roc_auc"] if kind == "classes" else ["mae", "rmse"]
print(json.dumps({metric: [float(value) for value in table[metric]["value"]] for metric in metrics}))
