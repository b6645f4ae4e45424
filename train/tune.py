"""Chooses the decoder's settings on the held-back slice of train: one setting after another, twice round.

  tune.py READINGS.pickle --corpora FOLDER --tools FOLDER

READINGS holds, for each set, what `read` of accurate.py or fast.py gives, with candidates down to 0.05.
"""
import argparse
import json
import pickle
import sys
from dataclasses import asdict, replace
from pathlib import Path

import corpus
from decode import Settings
from evaluate import outer_scores, predictions

GRID = {
    "accept": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45),
    "candidate": (0.1, 0.15, 0.2, 0.3),
    "edge": (0.3, 0.4, 0.5, 0.6, 0.7),
    "content": (0.3, 0.4, 0.5, 0.6),
    "source": (0.2, 0.3, 0.4, 0.5),
    "quotation": (0.3, 0.5, 0.7, 2.0),
    "weak": (0.5, 0.6, 0.75),
    "gap": (0, 1, 2, 4),
}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("readings", type=Path)
    ap.add_argument("--corpora", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True, help="where the settings go")
    ap.add_argument("--tools", type=Path, required=True)
    a = ap.parse_args()
    held = pickle.load(open(a.readings, "rb"))["held"]
    ids = {s.id for s, _, _ in held}
    gold = [r for r in corpus.rows(a.corpora / "polnear/train.jsonl.gz") if r["id"] in ids]

    def figure(settings):
        scores = outer_scores(a.tools, gold, predictions(held, settings))
        # The linked relation counts; the exact spans settle what it leaves open.
        return scores["rel"] + 0.1 * (scores["source.exact"] + scores["cue.exact"] + scores["content.exact"]), scores

    best = Settings()
    top, scores = figure(best)
    print(f"{top:.4f} {scores}", flush=True)
    for _ in range(2):
        for name, values in GRID.items():
            for v in values:
                if v == getattr(best, name):
                    continue
                found, s = figure(replace(best, **{name: v}))
                if found > top:
                    top, best, scores = found, replace(best, **{name: v}), s
            print(name, getattr(best, name), f"{top:.4f}", flush=True)
    print(scores)
    a.out.write_text(json.dumps(asdict(best)) + "\n")


if __name__ == "__main__":
    main()
