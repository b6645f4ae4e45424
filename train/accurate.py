"""Trains `accurate`: MiniLM-L6 with a cue tagger and a labelling head."""
import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import corpus
import tags
from batches import IGNORED, Window, collate, pairs_of
from decode import Settings, every_candidate
from encoder import Accurate
from evaluate import outer_scores, predictions, statement_scores
from windows import windows

HELD = 40  # articles of train kept for choosing the decoder's settings
SINGLE = 0.2  # share of the articles read with single quotation marks, as British papers print them
HEAD_SHARE = 0.15  # weight of one token's label beside one token's cue label
TAG_SHARE = 0.2  # weight of a token's tags beside its cue label
TAGGED_SHARE = 0.25  # share of the tagged texts read in one epoch
PAIRS_A_WINDOW = 6.0  # about as many cues stand in a window: keeps the loss at one scale


def held_out(stories):
    """Splits train stories into those to learn from and those to tune on, by a fixed shuffle."""
    order = sorted(stories, key=lambda s: s.id)
    random.Random(7).shuffle(order)
    return order[HELD:], order[:HELD]


def batches_of(windows_, size, rng):
    """Shuffled batches of windows of like length."""
    order = rng.permutation(len(windows_))
    pool = 32 * size
    found = []
    for i in range(0, len(order), pool):
        part = sorted(order[i:i + pool], key=lambda k: windows_[k].size)
        found += [part[j:j + size] for j in range(0, len(part), size)]
    rng.shuffle(found)
    return [[windows_[k] for k in b] for b in found]


def doubtful(probs, labels, most=2, least=0.05):
    """(window, token) of likely cues that are none: what the head must learn to refuse."""
    score = (probs[..., 1] + probs[..., 2]) * (labels == 0)
    found = []
    for w in range(len(score)):
        top = torch.topk(score[w], min(most, score.shape[1]))
        found += [(w, [int(t)], None) for p, t in zip(top.values, top.indices) if p > least]
    return found


class Data:
    """Everything read from the corpora: windows to train on, and the sets that are reported."""

    def __init__(self, a):
        f, polnear = a.features, a.corpora / "polnear"
        marked = corpus.rows(polnear / "train.jsonl.gz")
        train, held = held_out(corpus.load(f / "polnear-train.jsonl", marked, "polnear"))
        single = corpus.load(f / "polnear-train-single.jsonl", marked, "polnear")
        gold = corpus.load(f / "gold-train.jsonl", corpus.marked(a.gold, a.ours), "gold")
        ids = {s.id for s in held}
        self.sets = {
            "held": (held, [r for r in marked if r["id"] in ids], "outer"),
            "dev": (corpus.load(f / "polnear-dev.jsonl"), corpus.rows(polnear / "dev.jsonl.gz"), "outer"),
            "gold": (corpus.load(f / "gold-dev.jsonl"), corpus.reported(a.gold), "statements"),
        }
        self.gold = [Window(s, b, False) for s in gold for b in windows(s)]
        self.plain = [[Window(s, b, True) for b in windows(s)] for s in train]
        tagged = lambda name: corpus.load_tagged(f / f"{name}.jsonl", a.texts / f"{name}.jsonl")
        self.tagged = [[Window(s, b, False) for b in windows(s)] for name in ("ewt", "gum", "ner") for s in tagged(name)]
        self.tag_sets = {name: tagged(name) for name in ("ewt-dev", "gum-dev", "ner-dev")}
        by_id = {s.id: s for s in single}
        self.single = [[Window(by_id[s.id], b, True) for b in windows(by_id[s.id])] for s in train]

    def epoch(self, gold_times, rng):
        """Windows of one epoch: every article, a fifth of them with single quotation marks, the gold stories, and some tagged texts."""
        found = [w for p, s in zip(self.plain, self.single) for w in (s if rng.random() < SINGLE else p)]
        found += [w for ws in self.tagged if rng.random() < TAGGED_SHARE for w in ws]
        return found + self.gold * gold_times


def loss_of(model, batch, windows_, bf16=True):
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        x = model.tokens(batch)
        cue = model.cue(x).float()
        projected = model.head.project(x)
        labels = batch["labels"]
        cue_loss = F.cross_entropy(cue.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum")
        pairs = [(i, c, y) for i, w in enumerate(windows_) for c, y in w.pairs]
        gold = len(pairs)
        pairs += doubtful(torch.softmax(cue.detach(), -1), labels)
        head_loss = cue_loss * 0
        if pairs:
            inputs, target, _ = pairs_of(windows_, pairs)
            logits = model.head(projected, *inputs).float()
            each = F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORED, reduction="none").view(target.shape).sum(1)
            head_loss = each[:gold].sum() + 0.3 * each[gold:].sum()
        tag_loss = tags.hard_loss(model.tags(x).float(), batch["tags"])
    scale = PAIRS_A_WINDOW * len(windows_)
    return cue_loss / scale, HEAD_SHARE * head_loss / scale, TAG_SHARE * tag_loss / scale


@torch.no_grad()
def read_all(models, stories, settings, batch=16, bf16=True):
    """[(story, cue probabilities, heads, tag probabilities)]: the means over the models."""
    for model in models:
        model.eval()
    every = [Window(s, b, False) for s in stories for b in windows(s)]
    every.sort(key=lambda w: w.size)
    cues = {s.id: np.zeros((len(s), 3), dtype=np.float32) for s in stories}
    tagged = {s.id: np.zeros((len(s), tags.TAGS), dtype=np.float32) for s in stories}
    out_heads = {s.id: {} for s in stories}
    for i in range(0, len(every), batch):
        ws = every[i:i + batch]
        b = collate(ws)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            vectors = [m.tokens(b) for m in models]
            cue = mean(torch.softmax(m.cue(x).float(), -1) for m, x in zip(models, vectors)).numpy()
            tag = mean(tags.probabilities(m.tags(x)) for m, x in zip(models, vectors)).numpy()
            projected = [m.head.project(x) for m, x in zip(models, vectors)]
            pairs = []
            for j, w in enumerate(ws):
                core = cue[j, w.start - w.first:w.end - w.first]
                cues[w.story.id][w.start:w.end] = core
                tagged[w.story.id][w.start:w.end] = tag[j, w.start - w.first:w.end - w.first]
                for a, z, _ in every_candidate(core, settings):
                    pairs.append((j, list(range(a + w.start - w.first, z + 1 + w.start - w.first)), None))
            for k in range(0, len(pairs), 64):
                part = pairs[k:k + 64]
                inputs, _, ranges = pairs_of(ws, part)
                probs = mean(torch.softmax(m.head(p, *inputs).float(), -1) for m, p in zip(models, projected)).numpy()
                for (j, c, _), (lo, hi), p in zip(part, ranges, probs):
                    w = ws[j]
                    out_heads[w.story.id][c[0] + w.first, c[-1] + w.first] = (w.first + lo, p[:hi - lo].copy())
    return [(s, cues[s.id], out_heads[s.id], tagged[s.id]) for s in stories]


def read(models, stories, settings=(Settings(),)):
    """[(story, cue probabilities, heads)] as the decoder takes them."""
    return [row[:3] for row in read_all(models, stories, settings)]


def read_tags(models, stories):
    """Probabilities of the tags of each story's tokens, [n, TAGS]."""
    return [row[3] for row in read_all(models, stories, ())]


def mean(tensors):
    tensors = list(tensors)
    return sum(tensors) / len(tensors)


def report(models, data, tools, settings=Settings()):
    """Figures on the sets that are held back."""
    out = tags.scores(lambda stories: read_tags(models, stories), data.tag_sets)
    for name, (stories, gold, kind) in data.sets.items():
        rows = predictions(read(models, stories, [settings]), settings)
        out[name] = outer_scores(tools, gold, rows) if kind == "outer" else statement_scores(tools, gold, rows)
    return out


def optimizer(model, lr, head_lr):
    new, old, plain = [], [], []
    for name, p in model.named_parameters():
        if not p.requires_grad:
            continue
        fresh = name.startswith(("cue", "head", "tags", "shape", "quotation", "boundary", "gap"))
        (new if fresh else plain if p.ndim < 2 else old).append(p)
    return torch.optim.AdamW([{"params": old, "lr": lr, "weight_decay": 0.01}, {"params": plain, "lr": lr, "weight_decay": 0.0},
                              {"params": new, "lr": head_lr, "weight_decay": 0.01}], betas=(0.9, 0.98), eps=1e-7, foreach=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--features", type=Path, required=True, help="folder of feature dumps")
    ap.add_argument("--texts", type=Path, required=True, help="folder of the texts, with their tags")
    ap.add_argument("--corpora", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--ours", type=Path, required=True, help="our own corpus")
    ap.add_argument("--tools", type=Path, required=True, help="folder of score.py")
    ap.add_argument("--start", type=Path, required=True, help="folder of the pre-trained model")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=5)
    ap.add_argument("--batch", type=int, default=8)
    ap.add_argument("--weights", type=Path, help="a checkpoint to go on from")
    ap.add_argument("--lr", type=float, default=2e-4)
    ap.add_argument("--head-lr", type=float, default=1e-3)
    ap.add_argument("--gold-times", type=int, default=5)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--order", type=int, default=1, help="seed of the stories' order and of what is dropped")
    ap.add_argument("--limit", type=int, default=0, help="stop after so many steps (to time it)")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    rng = np.random.default_rng(a.order)
    log = open(a.out / "log.jsonl", "a", buffering=1)

    data = Data(a)
    model = Accurate()
    model.start_from(a.start)
    if a.weights:
        model.load_state_dict(torch.load(a.weights))
    model.word.weight.requires_grad_(False)
    torch.manual_seed(a.order)
    opt = optimizer(model, a.lr, a.head_lr)
    average = {k: v.clone() for k, v in model.state_dict().items()}
    params = [p for p in model.parameters() if p.requires_grad]
    means = [average[k] for k, p in model.named_parameters() if p.requires_grad]
    windows_an_epoch = round(sum(map(len, data.plain)) + a.gold_times * len(data.gold) + TAGGED_SHARE * sum(map(len, data.tagged)))
    steps_an_epoch = windows_an_epoch // a.batch
    total, step, began = a.epochs * steps_an_epoch, 0, time.time()
    print(f"{windows_an_epoch} windows, {steps_an_epoch} steps an epoch", flush=True)
    for epoch in range(a.epochs):
        ws = data.epoch(a.gold_times, rng)
        model.train()
        sums = np.zeros(3)
        for n, part in enumerate(batches_of(ws, a.batch, rng)):
            done = step / total
            rate = min(1.0, step / (0.06 * total)) * max(0.02, 1 - done)
            for g, base in zip(opt.param_groups, (a.lr, a.lr, a.head_lr)):
                g["lr"] = base * rate
            cue, head, tag = loss_of(model, collate(part, rng, masked=0.05), part)
            (cue + head + tag).backward()
            torch.nn.utils.clip_grad_norm_(params, 1.0)
            opt.step()
            opt.zero_grad(set_to_none=True)
            step += 1
            decay = min(0.998, step / (step + 20))
            with torch.no_grad():
                torch._foreach_lerp_(means, [p.detach() for p in params], 1 - decay)
            sums += [cue.item(), head.item(), tag.item()]
            if n % 50 == 49:
                print(f"epoch {epoch} step {step}/{total} cue {sums[0] / 50:.4f} head {sums[1] / 50:.4f} tag {sums[2] / 50:.4f} {time.time() - began:.0f} s", flush=True)
                sums[:] = 0
            if a.limit and step >= a.limit:
                return
        own = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        torch.save(average, a.out / f"epoch{epoch}.pt")
        line = {"epoch": epoch, "seconds": round(time.time() - began)} | report([model], data, a.tools)
        print(json.dumps(line), flush=True)
        log.write(json.dumps(line) + "\n")
        model.load_state_dict(own)
    # The later epochs fit the training articles ever closer and each in its own way: their mean reads better than any.
    kept = [torch.load(a.out / f"epoch{e}.pt") for e in range(1, a.epochs)]
    mean = {k: sum(s[k] for s in kept) / len(kept) for k in kept[0]}
    torch.save(mean, a.out / "accurate.pt")
    model.load_state_dict(mean)
    line = {"mean of epochs": f"1..{a.epochs - 1}"} | report([model], data, a.tools)
    print(json.dumps(line), flush=True)
    log.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
