"""What both models say of every token beside attributions: sentence ends, parts of speech, entities."""
import numpy as np
import torch
from torch.nn import functional as F

IGNORED = -100
PARTS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")
KINDS = ("Person", "Organization", "Location", "NORP", "Facility", "Product", "Date", "Money", "Misc")
SIZES = (2, len(PARTS), 1 + 2 * len(KINDS))  # goes on or ends; a part; out, or the first or next token of a kind
ENDS = np.cumsum(SIZES)
TAGS = int(ENDS[-1])
PART_OF, FIRST_OF = {p: i for i, p in enumerate(PARTS)}, {k: 1 + 2 * i for i, k in enumerate(KINDS)}


def labels_of(story, row):
    """[n, 3] labels of a story's tokens from a row of `texts.py`; what is not marked there is ignored."""
    found = np.full((len(story), 3), IGNORED, dtype=np.int64)
    at = lambda span: story.tokens([span])
    if row.get("sentences"):
        found[:, 0] = 0
        for span in row["sentences"]:
            tokens = at(span)
            if tokens:
                found[tokens[-1], 0] = 1
    for a, b, part in reversed(row.get("parts", ())):  # of several words in one token the first counts
        found[at((a, b)), 1] = PART_OF[part]
    if row.get("entities"):
        found[:, 2] = 0
        for a, b, kind in row["entities"]:
            tokens = at((a, b))
            found[tokens, 2] = FIRST_OF[kind] + 1
            found[tokens[:1], 2] = FIRST_OF[kind]
    return found


def blocks(logits):
    """The logits of the three tags."""
    return torch.split(logits, SIZES, dim=-1)


def blended(soft, labels, share):
    """Targets [n, TAGS]: a teacher's probabilities, and where a token is marked that share of the mark."""
    if labels is None:
        return soft
    out = soft.astype(np.float32)
    for k, start in enumerate((0, *ENDS[:-1])):
        known = np.flatnonzero(labels[:, k] != IGNORED)
        out[known, start:ENDS[k]] *= 1 - share
        out[known, start + labels[known, k]] += share
    return out.astype(np.float16)


def probabilities(logits):
    return torch.cat([torch.softmax(b.float(), -1) for b in blocks(logits)], -1)


def hard_loss(logits, labels):
    """Summed over tokens and tags; `labels` [.., 3]."""
    parts = [F.cross_entropy(b.flatten(0, -2), labels[..., k].flatten(), ignore_index=IGNORED, reduction="sum") for k, b in enumerate(blocks(logits))]
    return sum(parts)


def soft_loss(logits, target):
    """The same against probabilities, [.., TAGS]; zeros are ignored."""
    return -(target * torch.cat([F.log_softmax(b.float(), -1) for b in blocks(logits)], -1)).sum()


def entities(labels):
    """Entities of a run of labels: (first, last, kind)."""
    found = []
    for t, label in enumerate(labels):
        kind = (int(label) - 1) // 2
        if label > 0 and (label % 2 == 0) and found and found[-1][1] == t - 1 and found[-1][2] == kind:
            found[-1][1] = t
        elif label > 0:
            found.append([t, t, kind])
    return {tuple(f) for f in found}


def f1(right, found, wanted):
    return round(2 * right / max(1, found + wanted), 4)


def scores(read, sets):
    """Figures on the named sets of tagged stories; `read(stories)` gives [n, TAGS] for each."""
    out = {}
    for name, stories in sets.items():
        ends, parts, spans = np.zeros(3, int), np.zeros(2, int), {k: np.zeros(3, int) for k in ("all", "names")}
        for story, p in zip(stories, read(stories)):
            wanted = story.tags
            best = [b.argmax(1) for b in np.split(p, ENDS[:-1], 1)]
            known = wanted[:, 0] != IGNORED
            a, b = best[0][known] == 1, wanted[known, 0] == 1
            ends += [(a & b).sum(), a.sum(), b.sum()]
            known = wanted[:, 1] != IGNORED
            parts += [(best[1] == wanted[:, 1])[known].sum(), known.sum()]
            if (wanted[:, 2] != IGNORED).any():
                a, b = entities(best[2]), entities(wanted[:, 2])
                for key, keep in (("all", lambda e: True), ("names", lambda e: e[2] < 3)):
                    x, y = {e for e in a if keep(e)}, {e for e in b if keep(e)}
                    spans[key] += [len(x & y), len(x), len(y)]
        figures = {}
        if ends[2]:
            figures |= {"sentence": f1(*ends), "part": round(parts[0] / parts[1], 4)}
        if spans["all"][2]:
            figures |= {"entity": f1(*spans["all"]), "person, organization, location": f1(*spans["names"])}
        out[name] = figures
    return out
