"""What Evidently 0.7.23 or NannyML 0.13.1 say of two CSV files by their defaults: {column: [scores, drifted]}; '' is all of them together."""
import json
import os
import sys
import warnings

os.environ.update(DO_NOT_TRACK='1', NML_DISABLE_USAGE_LOGGING='1')
import pandas as pd

warnings.filterwarnings('ignore')
tool, reference, current = sys.argv[1], pd.read_csv(sys.argv[2]), pd.read_csv(sys.argv[3])

if tool == 'evidently':
    from evidently.legacy.calculations.stattests import get_stattest
    from evidently.core.datasets import infer_column_type
    from evidently.legacy.core import ColumnType

    found = {}
    for name in reference:
        kind = ColumnType(infer_column_type(reference[name]).value)
        if kind not in (ColumnType.Numerical, ColumnType.Categorical):
            continue
        a, b = reference[name].dropna(), current[name].dropna()
        result = get_stattest(a, b, kind, None)(a, b, kind, None)
        found[name] = [[float(result.drift_score)], bool(result.drifted)]
else:
    import nannyml

    calculator = nannyml.UnivariateDriftCalculator(column_names=list(reference))
    results = calculator.fit(reference).calculate(current).filter(period='analysis').to_df()
    found = {}
    for name in reference:
        part = results[name]['jensen_shannon']
        found[name] = [[float(value) for value in part['value']], bool(part['alert'].any())]
    calculator = nannyml.DataReconstructionDriftCalculator(column_names=list(reference))
    part = calculator.fit(reference).calculate(current).filter(period='analysis').to_df()['reconstruction_error']
    found[''] = [[float(value) for value in part['value']], bool(part['alert'].any())]
print(json.dumps(found))
