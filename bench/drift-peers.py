"""Drift by the defaults of a peer, as its documentation writes it: python drift-peers.py evidently|nannyml REFERENCE CURRENT"""

import sys

import pandas as pd

tool, reference, current = sys.argv[1], pd.read_parquet(sys.argv[2]), pd.read_parquet(sys.argv[3])
if tool == "evidently":
    from evidently import Report
    from evidently.presets import DataDriftPreset

    result = Report([DataDriftPreset()]).run(current, reference)
    print(f"{len(result.dict()['metrics'])} metrics")
else:
    import nannyml

    columns = list(reference.columns)
    calculator = nannyml.UnivariateDriftCalculator(column_names=columns)
    result = calculator.fit(reference).calculate(current)
    print(f"{len(columns)} columns, {len(result.to_df())} chunks")
