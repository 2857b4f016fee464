"""The peer of gradient-boosting.mjs: CPU seconds and AUC of scikit-learn's HistGradientBoostingClassifier, as JSON."""

import json
import sys
import time
from pathlib import Path

import numpy
import sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

folder, rows, features, repeats = Path(sys.argv[1]), *map(int, sys.argv[2:])
X = numpy.stack([numpy.fromfile(folder / f'{i}.f32', numpy.float32) for i in range(features)], axis=1)
y = numpy.fromfile(folder / 'labels.f64', numpy.float64).astype(int)
seconds = []
for _ in range(repeats):
    model = HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31, early_stopping=False)
    start = time.process_time()
    model.fit(X[:rows], y[:rows])
    seconds.append(time.process_time() - start)
auc = roc_auc_score(y[rows:], model.predict_proba(X[rows:])[:, 1])
print(json.dumps({'name': f'scikit-learn {sklearn.__version__}', 'seconds': seconds, 'auc': auc}))
