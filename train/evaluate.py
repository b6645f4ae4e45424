"""Decodes a model's probabilities and scores them with the project's scorers."""
import json
import subprocess
import sys
from pathlib import Path

from decode import Settings, decode, wire


def predictions(read, settings):
    """Rows of predicted attributions; `read` is a list of (story, cue probabilities, heads)."""
    return [wire(s, decode(s, cue, heads, settings)) for s, cue, heads in read]


def outer_scores(tools, gold, predicted, names=("rel", "rel.direct", "rel.mixed", "rel.indirect", "content.partial", "source|content",
                                                 "source.exact", "cue.exact", "content.exact")):
    """Figures of score.py --outer, without intervals."""
    sys.path.insert(0, str(tools))
    import score
    strip = lambda rows: [r | {"attributions": score.outer_only(r["attributions"])} for r in rows]
    result, _ = score.evaluate(strip(gold), strip(predicted), boot=0)
    return {n: round(result[n]["F"], 4) for n in names} | {"P": round(result["rel"]["P"], 4), "R": round(result["rel"]["R"], 4)}


def statement_scores(tools, gold, predicted):
    """`outer` and `nested` of score_statements.py, without intervals."""
    sys.path.insert(0, str(tools))
    import score_statements
    by_id = {p["id"]: p for p in predicted}
    total = {}
    for g in gold:
        for k, v in score_statements.story(g, by_id.get(g["id"])).items():
            total[k] = [x + y for x, y in zip(total.get(k, [0] * 4), v)]
    return {k: tuple(round(x, 4) for x in score_statements.prf(total[k])) for k in ("statement", "outer", "nested")}


def write(path, rows):
    Path(path).write_text("".join(json.dumps(r) + "\n" for r in rows))
