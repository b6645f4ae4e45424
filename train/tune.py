"""Chooses the decoder's settings on the held-back slice of train: one setting after another, twice round.

  tune.py MODEL --weights CHECKPOINT --features FOLDER --corpora FOLDER --tools FOLDER --out SETTINGS.json
"""
import argparse
import json
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

import torch

import accurate
import corpus
import fast
from decode import Settings
from encoder import Accurate
from evaluate import outer_scores, predictions
from hashed import Fast

GRID = {
    "accept": (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65),
    "candidate": (0.1, 0.2, 0.3, 0.4, 0.5),
    "edge": (0.5, 0.6, 0.7, 0.8, 0.9),
    "content": (0.3, 0.4, 0.5, 0.6),
    "source": (0.2, 0.3, 0.4, 0.5),
    "quotation": (0.3, 0.5, 0.7, 2.0),
    "weak": (0.5, 0.6, 0.75),
    "gap": (0, 1, 2, 4),
    "extend": (0.2, 0.3, 0.4, 0.5),
    "piece": (1, 2, 3),
}


def model_of(name, weights):
    """A model with its weights, and the function that reads stories with it by settings; `fast` with its int8 simulated."""
    model = Accurate() if name == "accurate" else Fast()
    model.load_state_dict(torch.load(weights))
    if name == "fast":
        model.simulate("simulate")
        return model.eval(), lambda stories, settings: fast.read(model, stories, settings)
    return model.eval(), lambda stories, settings: accurate.read([model], stories, settings)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model", choices=("accurate", "fast"))
    for name in ("weights", "features", "corpora", "tools", "out"):
        ap.add_argument("--" + name, type=Path, required=True)
    a = ap.parse_args()
    torch.set_num_threads(1)
    train = corpus.rows(a.corpora / "polnear/train.jsonl.gz")
    _, stories = accurate.held_out(corpus.load(a.features / "polnear-train.jsonl", train, "polnear"))
    model, read = model_of(a.model, a.weights)
    held = read(stories, [Settings(candidate=c, edge=e) for c, e in product(GRID["candidate"], GRID["edge"])])
    ids = {s.id for s in stories}
    gold = [r for r in train if r["id"] in ids]

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
