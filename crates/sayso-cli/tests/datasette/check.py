"""Whether Datasette shows a ledger: tables, search, facets, labels, stored queries.  Usage: check.py DATASETTE LEDGER METADATA"""

import json
import subprocess
import sys
from pathlib import Path

datasette, ledger, metadata = sys.argv[1:]
name = Path(ledger).stem
# Version 1 takes as configuration what version 0 took as metadata.
version = subprocess.run([datasette, "--version"], capture_output=True, text=True).stdout
option = "-m" if "version 0" in version else "-c"


def get(path, immutable):
    files = ["-i", ledger] if immutable else [ledger]
    command = [datasette, *files, option, metadata, "--get", path]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode or "Traceback" in done.stderr:
        sys.exit(f"{path}: {done.stderr[-2000:]}{done.stdout[:500]}")
    return done.stdout


def rows(path, immutable):
    return json.loads(get(path, immutable))["rows"]


for immutable in (False, True):
    every = rows(f"/{name}/statement_v.json?_shape=objects&_size=1000", immutable)
    assert every, "the view has rows"
    word = max(every[0]["content_text"].split(), key=len).strip("“”\".,")
    found = rows(f"/{name}/statement_v.json?_shape=objects&_size=1000&_search={word}", immutable)
    assert 0 < len(found) < len(every), f"search for {word} finds {len(found)} of {len(every)}"
    assert rows(f"/{name}/statement.json?_shape=objects&_search={word}", immutable), "the table is searched"
    facets = json.loads(get(f"/{name}/statement.json?_facet=act&_facet=form&_size=1", immutable))["facet_results"]
    facets = facets.get("results", facets)
    assert facets["act"]["results"] and facets["form"]["results"], "facets are counted"
    page = get(f"/{name}/statement?_size=3", immutable)
    assert f'href="/{name}/entity/' in page, "foreign keys are links"
    assert "<small>" not in page or "None" not in page, "and labelled"
    for query, parameter in (("who", "query"), ("figures", "counted"), ("speaker", "name"), ("denials", "query")):
        get(f"/{name}/{query}.json?{parameter}={word}&_shape=objects", immutable)
    assert rows(f"/{name}/who.json?query={word}&_shape=objects", immutable), "the stored question answers"
    for table in ("story", "text", "entity", "outlet", "copies", "figure", "date", "correction", "note", "tag", "story_v", "figure_v"):
        get(f"/{name}/{table}", immutable)
print(f"{datasette}: {len(every)} statements shown, searched, counted")
