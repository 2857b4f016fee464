"""Prints what gto's own functions find in each repository: show, history and check-ref, a line of JSON each."""

import json
import sys

import gto.api
from gto.registry import GitRegistry
from gto.utils import make_ready_to_serialize


def read(folder, refs):
    show = gto.api.show(folder, deprecated=True)
    versions = {
        name: [
            {"version": v["version"], "commit": v["commit_hexsha"]}
            for v in gto.api.show(folder, name=name, registered_only=True)
        ]
        for name, model in show.items()
        if model["active"]
    }
    with GitRegistry.from_url(folder) as registry:
        checked = {
            ref: [[e.event, e.artifact, getattr(e, "version", None), getattr(e, "stage", None)] for e in registry.check_ref(ref)]
            for ref in refs
        }
    return {"show": show, "versions": versions, "history": gto.api.history(folder), "checked": checked}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(make_ready_to_serialize(read(request["folder"], request["refs"]))))
