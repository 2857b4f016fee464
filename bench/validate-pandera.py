"""The same checks with pandera on polars, as its documentation writes them: python validate-pandera.py DATA CHECKS"""

import json
import sys
from datetime import date

import pandera.polars as pa
import polars as pl

data, path = sys.argv[1:]
WORDS = ["red-01", "green-02", "blue-03", "yellow-04", "black-05"]


def statistic(expression, low, high):
    return pa.Check(lambda d: d.lazyframe.select(expression(pl.col(d.key)).is_between(low, high)))


def check(c):
    kind, value = c["check"], c.get("value")
    if isinstance(value, str) and c["kind"] == "date":
        value = date.fromisoformat(value)
    match kind:
        case "minimum":
            return pa.Check.ge(value)
        case "maximum":
            return pa.Check.le(value)
        case "set":
            return pa.Check.isin(WORDS)
        case "pattern":
            return pa.Check.str_matches(value)
        case "min-length":
            return pa.Check.str_length(min_value=value)
        case "max-length":
            return pa.Check.str_length(max_value=value)
        case "mean":
            return statistic(lambda x: x.mean(), c["min"], c["max"])
        case "deviation":
            return statistic(lambda x: x.std(), c["min"], c["max"])
        case "median":
            return statistic(lambda x: x.median(), c["min"], c["max"])
    return None


frame = pl.read_parquet(data)
columns = {}
with open(path) as file:
    for c in json.load(file):
        columns.setdefault(c["column"], []).append(c)
schema = pa.DataFrameSchema(
    {
        name: pa.Column(
            frame.schema[name],
            checks=[made for made in map(check, checks) if made is not None],
            nullable=all(c["check"] != "not-null" for c in checks),
            unique=any(c["check"] == "unique" for c in checks),
        )
        for name, checks in columns.items()
    }
)
schema.validate(frame, lazy=True)
print(f"pass: {frame.height} rows")
