"""Lets gto's own functions write a history into a repository: one step per line of JSON, named as its commands are."""

import json
import os
import sys

import gto.api

folder = sys.argv[1]
for line in sys.stdin:
    step = json.loads(line)
    os.environ["GIT_COMMITTER_DATE"] = f"{step.pop('at')} +0000"
    getattr(gto.api, step.pop("do"))(folder, **step)
