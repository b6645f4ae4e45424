"""Learns the tagger's rows for entities anew, on the vectors of a trained model: nothing else in it changes.

  tagger.py MODEL --weights CHECKPOINT --features FOLDER --texts FOLDER --out CHECKPOINT
"""
import argparse
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import accurate
import batches
import corpus
import fast
import tags
from tune import model_of
from windows import windows

ROWS = slice(int(tags.ENDS[1]), int(tags.ENDS[2]))
EPOCHS, BATCH, RATE = 12, 4096, 2e-3


@torch.no_grad()
def vectors(name, model, stories):
    """(vectors, labels) of every token of the stories."""
    found, labels = [], []
    if name == "accurate":
        every = sorted((batches.Window(s, b, False) for s in stories for b in windows(s)), key=lambda w: w.size)
        for i in range(0, len(every), 16):
            ws = every[i:i + 16]
            with torch.autocast("cpu", torch.bfloat16):
                x = model.tokens(batches.collate(ws))
            for w, own in zip(ws, x):
                found.append(own[w.start - w.first:w.end - w.first].bfloat16())
                labels.append(w.story.tags[w.start:w.end, 2])
    else:
        for s in stories:
            found.append(model.tokens(fast.collate([batches.Window(s, (0, 0, len(s), len(s)), False)]))[0].bfloat16())
            labels.append(s.tags[:, 2])
    return torch.cat(found), torch.from_numpy(np.concatenate(labels))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model", choices=("accurate", "fast"))
    for name in ("weights", "features", "texts", "out"):
        ap.add_argument("--" + name, type=Path, required=True)
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model, _ = model_of(a.model, a.weights)
    sets = {n: corpus.load_tagged(a.features / f"{n}.jsonl", a.texts / f"{n}.jsonl") for n in ("ner", "ner-dev")}
    read = (lambda stories: accurate.read_tags([model], stories)) if a.model == "accurate" else (lambda stories: fast.read_tags(model, stories))
    score = lambda: tags.scores(read, {"ner-dev": sets["ner-dev"]})
    print(score(), flush=True)
    x, y = vectors(a.model, model, sets["ner"])
    head = torch.nn.Linear(x.shape[1], ROWS.stop - ROWS.start)
    with torch.no_grad():
        head.weight.copy_(model.tags.weight[ROWS])
        head.bias.copy_(model.tags.bias[ROWS])
    opt = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    for epoch in range(EPOCHS):
        for g in opt.param_groups:
            g["lr"] = RATE * (1 - epoch / EPOCHS)
        for part in torch.randperm(len(x)).split(BATCH):
            loss = F.cross_entropy(head(x[part].float()), y[part], ignore_index=tags.IGNORED)
            opt.zero_grad()
            loss.backward()
            opt.step()
        print(epoch, round(loss.item(), 4), flush=True)
    with torch.no_grad():
        model.tags.weight[ROWS] = head.weight
        model.tags.bias[ROWS] = head.bias
    print(score(), flush=True)
    torch.save(model.state_dict(), a.out)


if __name__ == "__main__":
    main()
