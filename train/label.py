"""Lets `accurate`, or the mean of several of it, label texts: the soft targets that `fast` learns from.

  label.py --weights CHECKPOINT... --features FOLDER --out FOLDER SET...
"""
import argparse
import pickle
import time
from pathlib import Path

import numpy as np
import torch

import corpus
from accurate import read_all
from decode import Settings
from encoder import Accurate

CANDIDATE = 0.05  # cues as unlikely as this are labelled too, so that `fast` learns to refuse them
PART = 60  # stories read at a time: windows of like length share a batch


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("sets", nargs="+")
    ap.add_argument("--weights", type=Path, nargs="+", required=True)
    ap.add_argument("--features", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    torch.set_num_threads(1)
    a.out.mkdir(parents=True, exist_ok=True)
    models = [Accurate() for _ in a.weights]
    for model, weights in zip(models, a.weights):
        model.load_state_dict(torch.load(weights))
    for name in a.sets:
        began, stories, labels = time.time(), corpus.load(a.features / f"{name}.jsonl"), {}
        for i in range(0, len(stories), PART):
            for story, cue, heads, tags in read_all(models, stories[i:i + PART], [Settings(candidate=CANDIDATE), Settings(candidate=0.2)]):
                heads = {k: (lo, p.astype(np.float16)) for k, (lo, p) in heads.items()}
                labels[story.id] = (cue.astype(np.float16), heads, tags.astype(np.float16))
        with open(a.out / f"{name}.pickle", "wb") as f:
            pickle.dump(labels, f)
        print(f"{name}: {len(stories)} stories, {sum(map(len, stories))} tokens, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
