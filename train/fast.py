"""Trains `fast` on what `accurate` says of many texts, and on the marks of those that are marked."""
import argparse
import json
import pickle
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

import corpus
import tags
from accurate import SINGLE, held_out
from batches import FEATURES, IGNORED, Window, pairs_of, range_of
from decode import Settings, every_candidate
from evaluate import outer_scores, predictions, statement_scores
from hashed import TABLES, Fast
from heads import place

CHUNK = 384  # most tokens of a training sequence
HARD = 0.5  # share of the marks in the target where a token is marked
HEAD_SHARE = 0.15  # weight of one token's label beside one token's cue label
PAIRS = 6.0 / 150  # about as many cues a token: keeps the loss at one scale
WORD_DROP = 0.08  # share of the words read by their affixes alone
TAG_SHARE = 0.1  # weight of a token's tags beside its cue label
UNMARKED = ("fnc1", "pages")
TAGGED = ("ner", "ewt", "gum")


class Chunk(Window):
    """A run of paragraphs of one story with its marks and its teacher's labels."""

    __slots__ = ("soft", "taught", "soft_tags")

    def __init__(self, story, first, last, outer_only, teacher):
        super().__init__(story, (first, first, last, last), outer_only)
        cue, heads, soft_tags = teacher
        soft = cue[first:last].astype(np.float32)
        soft /= soft.sum(1, keepdims=True)
        if self.cue_labels is not None:
            known = np.flatnonzero(self.cue_labels != IGNORED)
            soft[known] *= 1 - HARD
            soft[known, self.cue_labels[known]] += HARD
        self.soft = soft
        self.soft_tags = tags.blended(soft_tags[first:last], None if story.tags is None else story.tags[first:last], HARD)
        self.taught = self.head_targets(heads, cue)

    def head_targets(self, heads, cue):
        """Everything the head learns from in this chunk, a `Pair` each."""
        found, used = [], set()
        for tokens, labels in self.pairs:
            used.update(tokens)
            found.append(self.pair(tokens, labels, heads.get((tokens[0] + self.first, tokens[-1] + self.first)), 1.0))
        for (a, z), taught in heads.items():
            a, z = a - self.first, z - self.first
            if 0 <= a and z < self.last - self.first and not used.intersection(range(a, z + 1)):
                score = float((cue[a + self.first:z + self.first + 1, 1:]).sum(1).max())
                found.append(self.pair(list(range(a, z + 1)), None, taught, max(0.3, score)))
        return found

    def pair(self, tokens, labels, taught, weight):
        """A cue's range and what its tokens should be: by the marks, by the teacher, or half and half."""
        lo, hi = range_of(self, tokens)
        target = np.zeros((hi - lo, 3), dtype=np.float32)
        if taught is not None:
            start, p = taught[0] - self.first, taught[1]
            a, z = max(start, lo), min(start + len(p), hi)
            target[:, 0] = 1  # out of the teacher's window: nothing there
            target[a - lo:z - lo] = p[a - start:z - start]
            target /= target.sum(1, keepdims=True)
        if labels is not None:
            share = HARD if taught is not None else 1.0
            target *= 1 - share
            target[np.arange(hi - lo), labels[lo:hi]] += share
        sentence = self.story.sentence[self.first + lo:self.first + hi]
        sentences = np.clip(sentence - sentence[tokens[0] - lo], -3, 3) + 3
        places = place(tokens[0], tokens[-1], np.arange(lo, hi))
        return Pair(tokens[0], len(tokens), lo, places.astype(np.int8), sentences.astype(np.int8), (target * weight).astype(np.float16))


@dataclass(slots=True)
class Pair:
    first: int  # first token of the cue, in the chunk
    length: int  # tokens of the cue
    lo: int  # first token of the range
    places: np.ndarray
    sentences: np.ndarray
    target: np.ndarray  # [R, 3], times the pair's weight


def assemble(part):
    """Tensors for the head from the pairs of a batch's chunks, and their targets."""
    pairs = [(i, p) for i, c in enumerate(part) for p in c.taught]
    if not pairs:
        return None, None
    n, r, k = len(pairs), max(len(p.places) for _, p in pairs), max(p.length for _, p in pairs)
    cue, weight = np.zeros((n, k), dtype=np.int64), np.zeros((n, k), dtype=np.float32)
    index, places, sentences = (np.zeros((n, r), dtype=np.int64) for _ in range(3))
    mask, target = np.zeros((n, r), dtype=np.float32), np.zeros((n, r, 3), dtype=np.float32)
    for row, (_, p) in enumerate(pairs):
        length = len(p.places)
        cue[row, :p.length], weight[row, :p.length] = np.arange(p.first, p.first + p.length), 1 / p.length
        index[row, :length] = np.arange(p.lo, p.lo + length)
        places[row, :length], sentences[row, :length], mask[row, :length], target[row, :length] = p.places, p.sentences, 1, p.target
    t = torch.from_numpy
    which = t(np.array([i for i, _ in pairs], dtype=np.int64))
    return (which, t(cue), t(weight), t(index), t(places), t(sentences), t(mask)), t(target)


def chunks(story, outer_only, teacher, size=CHUNK):
    """Runs of whole paragraphs, at most `size` tokens where a paragraph is not longer."""
    ends = np.append(np.flatnonzero(np.diff(story.paragraph)) + 1, len(story))
    start, end = 0, 0
    for e in ends:
        e = int(e)
        if e - start > size and end > start:
            yield Chunk(story, start, end, outer_only, teacher)
            start = end
        end = e
    yield Chunk(story, start, end, outer_only, teacher)


def collate(windows):
    n = max(w.last - w.first for w in windows)
    t = {k: np.zeros((len(windows), n), dtype=np.int64) for k in FEATURES}
    buckets, mask = np.zeros((len(windows), n, 4), dtype=np.int64), np.zeros((len(windows), n), dtype=np.float32)
    for i, w in enumerate(windows):
        length, s = w.last - w.first, w.story
        for k in FEATURES:
            t[k][i, :length] = getattr(s, k)[w.first:w.last]
        buckets[i, :length], mask[i, :length] = s.buckets[w.first:w.last], 1
    batch = {"token_" + k: torch.from_numpy(v) for k, v in t.items()}
    return batch | {"buckets": torch.from_numpy(buckets), "token_mask": torch.from_numpy(mask)}


def loss_of(model, part):
    batch = collate(part)
    with torch.autocast("cpu", torch.bfloat16):
        x = model.tokens(batch, WORD_DROP)
        cue = model.cues(x).float()
        projected = model.project(x)
        tagged = model.tag(x).float()
        soft, soft_tags = np.zeros(cue.shape, dtype=np.float32), np.zeros(tagged.shape, dtype=np.float32)
        for i, w in enumerate(part):
            soft[i, :w.last - w.first] = w.soft
            soft_tags[i, :w.last - w.first] = w.soft_tags
        cue_loss = -(torch.from_numpy(soft) * F.log_softmax(cue, -1)).sum()
        inputs, target = assemble(part)
        head_loss = cue_loss * 0
        if inputs is not None:
            logits = model.head(projected, *inputs).float()
            head_loss = -(target * F.log_softmax(logits, -1)).sum()
        tag_loss = tags.soft_loss(tagged, torch.from_numpy(soft_tags))
    scale = sum(w.last - w.first for w in part) * PAIRS
    return cue_loss / scale, HEAD_SHARE * head_loss / scale, TAG_SHARE * tag_loss / scale


@torch.no_grad()
def read(model, stories, settings=(Settings(),)):
    """[(story, cue probabilities, heads)] as the decoder takes them."""
    model.eval()
    found = []
    for s in stories:
        w = Window(s, (0, 0, len(s), len(s)), False)
        x = model.tokens(collate([w]))
        cue = torch.softmax(model.cues(x), -1)[0].numpy()
        projected, heads = model.project(x), {}
        pairs = [(0, list(range(a, z + 1)), None) for a, z, _ in every_candidate(cue, settings)]
        if pairs:
            inputs, _, ranges = pairs_of([w], pairs)
            probs = torch.softmax(model.head(projected, *inputs), -1).numpy()
            heads = {(c[0], c[-1]): (lo, p[:hi - lo].copy()) for (_, c, _), (lo, hi), p in zip(pairs, ranges, probs)}
        found.append((s, cue, heads))
    return found


@torch.no_grad()
def read_tags(model, stories):
    """Probabilities of the tags of each story's tokens, [n, TAGS]."""
    model.eval()
    return [tags.probabilities(model.tag(model.tokens(collate([Window(s, (0, 0, len(s), len(s)), False)])))[0]).numpy() for s in stories]


def report(model, data, tools, settings=Settings()):
    out = tags.scores(lambda stories: read_tags(model, stories), data.tag_sets)
    for name, (stories, gold, kind) in data.sets.items():
        rows = predictions(read(model, stories, [settings]), settings)
        out[name] = outer_scores(tools, gold, rows) if kind == "outer" else statement_scores(tools, gold, rows)
    return out


def start_words(model, stories, folder):
    """Begins the table of words with the pre-trained vectors of their pieces: 64 principal components, and their negatives."""
    vectors = load_file(str(Path(folder) / "model.safetensors"))
    vectors = next(v for k, v in vectors.items() if k.endswith("word_embeddings.weight")).float()
    half = model.size // 2
    centred = vectors - vectors.mean(0)
    values, axes = torch.linalg.eigh(centred.T @ centred / len(centred))
    axes = axes[:, -half:] / values[-half:].clamp(min=1e-8) ** 0.25
    low = centred @ axes
    low = low / low.std() * 0.4
    buckets = np.concatenate([s.buckets[:, 0] for s in stories])
    story = np.repeat(np.arange(len(stories)), [len(s) for s in stories])
    token = np.concatenate([np.arange(len(s)) for s in stories])
    known, where = np.unique(buckets, return_index=True)
    with torch.no_grad():
        for bucket, i in zip(known, where):
            s, k = stories[story[i]], token[i]
            mean = low[torch.from_numpy(s.pieces[s.first_piece[k]:s.first_piece[k + 1]]).long()].mean(0)
            model.word.weight[bucket] = torch.cat([mean, -mean])


class Data:
    """Chunks to train on and the sets that are reported."""

    def __init__(self, a):
        f, polnear = a.features, a.corpora / "polnear"
        teacher = lambda name: pickle.load(open(a.labels / f"{name}.pickle", "rb"))
        marked = corpus.rows(polnear / "train.jsonl.gz")
        train, held = held_out(corpus.load(f / "polnear-train.jsonl", marked, "polnear"))
        single = {s.id: s for s in corpus.load(f / "polnear-train-single.jsonl", marked, "polnear")}
        gold = corpus.load(f / "gold-train.jsonl", corpus.marked(a.gold, a.ours), "gold")
        ids = {s.id for s in held}
        self.sets = {
            "held": (held, [r for r in marked if r["id"] in ids], "outer"),
            "dev": (corpus.load(f / "polnear-dev.jsonl"), corpus.rows(polnear / "dev.jsonl.gz"), "outer"),
            "gold": (corpus.load(f / "gold-dev.jsonl"), corpus.reported(a.gold), "statements"),
        }
        labels = teacher("polnear-train")
        cut = lambda s, outer_only, labels: list(chunks(s, outer_only, labels[s.id]))
        self.plain = [cut(s, True, labels) for s in train]
        self.single = [cut(single[s.id], True, labels) for s in train]
        labels = teacher("gold-train")
        self.gold = [c for s in gold for c in cut(s, False, labels)]
        self.words = list(train) + gold + corpus.load(f / "vocabulary.jsonl")
        tagged = lambda name: corpus.load_tagged(f / f"{name}.jsonl", a.texts / f"{name}.jsonl")
        self.tag_sets = {name: tagged(name) for name in ("ewt-dev", "gum-dev", "ner-dev")}
        for name in UNMARKED + TAGGED:
            labels = teacher(name)
            stories = tagged(name) if name in TAGGED else corpus.load(f / f"{name}.jsonl")
            stories = [s for s in stories if s.id in labels]
            self.words += stories
            plain = [cut(s, False, labels) for s in stories]
            self.plain += plain
            path = f / f"{name}-single.jsonl"
            self.single += [cut(s, False, labels) for s in corpus.load(path) if s.id in labels] if path.exists() else plain
        assert len(self.plain) == len(self.single)

    def epoch(self, gold_times, rng):
        """Chunks of one epoch: every story, a fifth of them with single quotation marks, and the gold stories."""
        found = [c for p, s in zip(self.plain, self.single) for c in (s if rng.random() < SINGLE else p)]
        return found + self.gold * gold_times


def batches_of(chunks_, tokens, rng):
    """Shuffled batches of chunks of like length with about so many tokens."""
    order = rng.permutation(len(chunks_))
    found = []
    for i in range(0, len(order), 512):
        part, room, batch = sorted(order[i:i + 512], key=lambda k: chunks_[k].last - chunks_[k].first), tokens, []
        for k in part:
            batch.append(chunks_[k])
            room -= chunks_[k].last - chunks_[k].first
            if room <= 0:
                found.append(batch)
                room, batch = tokens, []
        if batch:
            found.append(batch)
    rng.shuffle(found)
    return found


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    for name in ("features", "texts", "labels", "corpora", "gold", "ours", "tools", "start", "out"):
        ap.add_argument("--" + name, type=Path, required=True)
    ap.add_argument("--weights", type=Path, help="a checkpoint to go on from")
    ap.add_argument("--epochs", type=int, default=20)
    ap.add_argument("--batch", type=int, default=4096, help="tokens")
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--table-lr", type=float, default=4e-3)
    ap.add_argument("--gold-times", type=int, default=4)
    ap.add_argument("--watch", type=float, default=0.55, help="share of the steps after which activations are watched")
    ap.add_argument("--simulate", type=float, default=0.7, help="share of the steps after which int8 is simulated")
    ap.add_argument("--report", type=int, default=2, help="epochs between reports")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--limit", type=int, default=0, help="stop after so many steps (to time it)")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    rng = np.random.default_rng(a.seed)
    log = open(a.out / "log.jsonl", "a", buffering=1)
    began = time.time()
    data = Data(a)
    model = Fast()
    start_words(model, data.words, a.start)
    if a.weights:
        model.load_state_dict(torch.load(a.weights))
    tables = {f"{n}.weight" for n in TABLES}
    dense = [p for k, p in model.named_parameters() if k not in tables]
    opt = torch.optim.AdamW(dense, lr=a.lr, betas=(0.9, 0.98), weight_decay=0.01, foreach=True)
    rows = torch.optim.SparseAdam([p for k, p in model.named_parameters() if k in tables], lr=a.table_lr, betas=(0.9, 0.98))
    average = {k: v.clone() for k, v in model.state_dict().items()}
    means = [average[k] for k, _ in model.named_parameters()]
    params = [p for _, p in model.named_parameters()]
    total = len(batches_of(data.epoch(a.gold_times, np.random.default_rng(0)), a.batch, np.random.default_rng(0))) * a.epochs
    print(f"{total} steps; read in {time.time() - began:.0f} s", flush=True)
    step = 0
    model.simulate("off")
    for epoch in range(a.epochs):
        model.train()
        sums, n = np.zeros(3), 0
        for part in batches_of(data.epoch(a.gold_times, rng), a.batch, rng):
            done = step / total
            model.simulate("simulate" if done >= a.simulate else "watch" if done >= a.watch else "off")
            rate = min(1.0, step / (0.04 * total)) * max(0.01, 1 - done)
            opt.param_groups[0]["lr"], rows.param_groups[0]["lr"] = a.lr * rate, a.table_lr * rate
            cue, head, tag = loss_of(model, part)
            (cue + head + tag).backward()
            torch.nn.utils.clip_grad_norm_(dense, 1.0)
            opt.step()
            rows.step()
            model.zero_grad(set_to_none=True)
            step += 1
            if step % 4 == 0:
                decay = min(0.992, step / (step + 40))
                with torch.no_grad():
                    torch._foreach_lerp_(means, [p.detach() for p in params], 1 - decay)
            sums += [cue.item(), head.item(), tag.item()]
            n += 1
            if n % 100 == 0:
                print(f"epoch {epoch} step {step}/{total} cue {sums[0] / 100:.4f} head {sums[1] / 100:.4f} tag {sums[2] / 100:.4f} {time.time() - began:.0f} s", flush=True)
                sums[:] = 0
            if a.limit and step >= a.limit:
                return
        average["activations.scale"] = model.activations.scale.clone()
        torch.save(average, a.out / "last.pt")
        if (epoch + 1) % a.report == 0 or epoch + 1 == a.epochs:
            own = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(average)
            line = {"epoch": epoch, "seconds": round(time.time() - began), "int8": model.activations.mode} | report(model, data, a.tools)
            print(json.dumps(line), flush=True)
            log.write(json.dumps(line) + "\n")
            model.load_state_dict(own)


if __name__ == "__main__":
    main()
