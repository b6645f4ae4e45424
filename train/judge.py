"""Trains the scorers of resolved statements: their acts, which statement each answers, how sure each is.

  judge.py TASK --gold GOLD.jsonl... --dump DUMP.jsonl... --dev GOLD.jsonl DUMP.jsonl --tools FOLDER --file judge.sayso [--version N]

TASK is `act`, `answer` or `sure`; DUMP is what the example `judged` tells of GOLD, and for `sure` what `unsure` does. A score is the sum of the weights of the features that are there, whole
numbers times one scale. Acts: softmax over the eleven; answers: softmax over the candidates of a statement, none among them. The acts come first,
since `judged` looks at them for the answers. How sure: logistic regression on whether a found statement is right by score_statements.py, reported by
stories that the weights have not seen (five parts). Only the task's own weights in FILE change.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import container

ACTS = "say deny confirm accuse warn demand promise ask decline believe want".split()
ROWS = {"act": 8192, "answer": 4096, "sure": 4096}
SURE_SQUARES = 3e-3  # the same for `sure`
EPOCHS, BATCH, RATE, DROP = 15, 64, 0.02, 0.2
SQUARES = 3e-5  # weight of the squares of the weights; chosen on dev among 3e-3, 1e-3, 3e-4, 1e-4 and 3e-5


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def acts(gold, dump):
    """(features, act) of every marked statement."""
    by_id = {r["id"]: r for r in dump}
    return [([f], ACTS.index(a["act"])) for g in gold for a, f in zip(g["attributions"], by_id[g["id"]]["acts"])]


def answers(gold, dump):
    """(features of each candidate, index of the right one) of every marked statement; where that is no candidate, the statement is left out."""
    by_id, found = {r["id"]: r for r in dump}, []
    for g in gold:
        index = {a["id"]: k for k, a in enumerate(g["attributions"])}
        for a, candidates in zip(g["attributions"], by_id[g["id"]]["answers"]):
            right = index[a["answers"]["n"]] if a.get("answers") else None
            places = [k for k, (j, _) in enumerate(candidates) if j == right]
            found.append(([f for _, f in candidates], places[0] if places else None))
    return found


def sure(gold, dump):
    """(features, whether all cells are right, story) of every found statement."""
    import score_statements as scorer
    by_id, found = {r["id"]: r for r in dump}, []
    for g in gold:
        own = by_id[g["id"]]["attributions"]
        match = {j: i for i, j in scorer.match(scorer.Art(g["text"]), g["attributions"], own).items()}
        for j, s in enumerate(own):
            a = g["attributions"][match[j]] if j in match else None
            right = a is not None and scorer.same_name(a["speaker"], s["speaker"]) and a["act"] == s["act"] and bool(a["negated"]) == s["negated"]
            found.append(([s["rows"]], float(right), g["id"]))
    return found


def fit_sure(data, seed=1):
    torch.manual_seed(seed)
    weights = torch.zeros(ROWS["sure"], 1, requires_grad=True)
    opt = torch.optim.Adam([weights], lr=0.01)
    target = torch.tensor([r for _, r, _ in data])
    for _ in range(300):
        scores = scores_of(weights, [(f, 0) for f, _, _ in data], 0)[:, 0]
        loss = F.binary_cross_entropy_with_logits(scores, target) + SURE_SQUARES * (weights ** 2).sum()
        opt.zero_grad()
        loss.backward()
        opt.step()
    return weights.detach()


def report_sure(data):
    """Calibration where each fifth of the stories is read by weights that have not seen it: ten bins of equal count."""
    stories = sorted({s for _, _, s in data})
    np.random.default_rng(1).shuffle(stories)
    part, rows = {s: k % 5 for k, s in enumerate(stories)}, []
    for k in range(5):
        weights = fit_sure([d for d in data if part[d[2]] != k])
        own = [d for d in data if part[d[2]] == k]
        p = torch.sigmoid(scores_of(weights, [(f, 0) for f, _, _ in own], 0)[:, 0])
        rows += sorted(zip(p.tolist(), [r for _, r, _ in own]))
    rows.sort()
    bins = [rows[len(rows) * k // 10:len(rows) * (k + 1) // 10] for k in range(10)]
    ece = sum(abs(sum(p - r for p, r in b)) for b in bins) / len(rows)
    half = rows[len(rows) // 2:]
    lines = [f"  {np.mean([p for p, _ in b]):.3f} {np.mean([r for _, r in b]):.3f}" for b in bins]
    bar = next((c for c in np.arange(0.3, 1, 0.01) if np.mean([r for p, r in rows if p >= c] or [1]) >= 0.85), 1)
    above = [r for p, r in rows if p >= bar]
    return "\n".join(lines) + f"\nece {ece:.3f}, right among the surer half {np.mean([r for _, r in half]):.3f}, .85 right above {bar:.2f}: {len(above)} of {len(rows)}"


def scores_of(weights, part, drop):
    """Scores of a batch, padded to the most candidates: [n, most], or for one candidate each its classes."""
    flat = torch.tensor([x for fs, _ in part for f in fs for x in f])
    lengths = [len(f) for fs, _ in part for f in fs]
    owner = torch.repeat_interleave(torch.arange(len(lengths)), torch.tensor(lengths))
    keep = (torch.rand(len(flat)) >= drop).float() / (1 - drop) if drop else torch.ones(len(flat))
    sums = torch.zeros(len(lengths), weights.shape[1]).index_add(0, owner, weights[flat] * keep[:, None])
    if weights.shape[1] > 1:
        return sums
    counts = [len(fs) for fs, _ in part]
    return torch.nn.utils.rnn.pad_sequence(sums[:, 0].split(counts), batch_first=True, padding_value=-1e9)


def fit(data, count, classes, squares, seed=1):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    data = [d for d in data if d[1] is not None]
    weights = torch.zeros(count, classes, requires_grad=True)
    opt = torch.optim.Adam([weights], lr=RATE)
    total, step = EPOCHS * (len(data) // BATCH), 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(data))
        for i in range(0, len(order) - BATCH + 1, BATCH):
            part = [data[k] for k in order[i:i + BATCH]]
            target = torch.tensor([t for _, t in part])
            loss = F.cross_entropy(scores_of(weights, part, DROP), target) + squares * (weights ** 2).sum()
            for g in opt.param_groups:
                g["lr"] = RATE * (1 - step / total)
            opt.zero_grad()
            loss.backward()
            opt.step()
            step += 1
    return weights.detach()


@torch.no_grad()
def report(task, weights, data):
    best = np.concatenate([scores_of(weights, data[i:i + 256], 0).argmax(1).numpy() for i in range(0, len(data), 256)])
    right = np.array([-1 if t is None else t for _, t in data])
    if task == "act":
        f1 = [2 * ((best == c) & (right == c)).sum() / ((best == c).sum() + (right == c).sum()) for c in range(len(ACTS)) if (right == c).sum() >= 10]
        return f"{(best == right).mean():.4f} of {len(data)}, mean F1 {np.mean(f1):.4f}"
    hits, told, marked = ((best == right) & (right != 0)).sum(), (best != 0).sum(), (right != 0).sum()
    return f"answers P {hits / max(1, told):.3f} R {hits / max(1, marked):.3f} F1 {2 * hits / max(1, told + marked):.3f} of {marked}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("task", choices=("act", "answer", "sure"))
    ap.add_argument("--gold", type=Path, nargs="+", required=True)
    ap.add_argument("--dump", type=Path, nargs="+", required=True)
    ap.add_argument("--dev", type=Path, nargs=2, action="append", default=[])
    ap.add_argument("--tools", type=Path, help="folder of score_statements.py, for `sure`")
    ap.add_argument("--file", type=Path, required=True)
    ap.add_argument("--version")
    ap.add_argument("--squares", type=float)
    a = ap.parse_args()
    torch.set_num_threads(1)
    sys.path.insert(0, str(a.tools))
    take = {"act": acts, "answer": answers, "sure": sure}[a.task]
    gather = lambda golds, dumps: [x for g, d in zip(golds, dumps) for x in take(rows(g), rows(d))]
    data = gather(a.gold, a.dump)
    if a.task == "sure":
        print(report_sure(data))
        weights = fit_sure(data)
    else:
        weights = fit(data, ROWS[a.task], len(ACTS) if a.task == "act" else 1, a.squares or SQUARES)
    scale = float(weights.abs().max()) / 127
    small = torch.round(weights / scale)
    if a.task != "sure":
        print("train", report(a.task, small * scale, data))
    for gold, dump in a.dev:
        print(gold.name, report(a.task, small * scale, take(rows(gold), rows(dump))))
    settings, tensors = container.read(a.file)
    tensors |= {a.task: small.numpy().astype(np.int8), f"{a.task}.scale": np.array([scale], np.float32)}
    container.write(a.file, settings | ({"version": a.version} if a.version else {}), tensors)


if __name__ == "__main__":
    main()
