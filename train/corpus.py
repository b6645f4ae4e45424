"""Stories with their features and marks, as arrays, from the features that the library dumps.

A story's features come from `cargo run --example features` (see README.md), one JSON line a story:
`id`, `text`, `tokens` (start, end in code points), and one list entry a token for each feature.
"""
import bisect
import gzip
import json

import numpy as np

import tags


def open_text(path):
    return gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")


def rows(path):
    with open_text(path) as f:
        return [json.loads(line) for line in f if line.strip()]


MARKED = ("train", "pages-train", "world-train", "disputes-train")  # files of GOLD to learn from
REPORTED = ("dev", "pages-dev", "world-dev", "disputes")  # those that only score


def marked(gold, ours):
    """Rows of every story marked to learn from: those of the folder GOLD, and of our own corpus those that are not its test part."""
    found = [r for name in MARKED for r in rows(gold / f"{name}.jsonl")]
    return found + [r for r in rows(ours) if r["split"] != "test"]


def reported(gold):
    """Rows of every marked story that only scores."""
    return [r for name in REPORTED for r in rows(gold / f"{name}.jsonl")]


class Story:
    """One story: its token features and, where it is marked, its attributions as token indices."""

    __slots__ = ("id", "start", "end", "sentence", "paragraph", "quotation", "shape", "boundary", "gap",
                 "pieces", "first_piece", "buckets", "quotations", "attributions", "tags", "source")

    def __init__(self, features, source):
        self.id, self.source = features["id"], source
        for name in ("start", "end", "sentence", "paragraph", "quotation", "shape", "boundary", "gap"):
            setattr(self, name, np.asarray(features[name], dtype=np.int32))
        per_token = features["pieces"]
        self.pieces = np.asarray([p for token in per_token for p in token], dtype=np.int32)
        self.first_piece = np.cumsum([0] + [len(token) for token in per_token]).astype(np.int32)
        self.buckets = np.asarray(features["buckets"], dtype=np.int32).reshape(len(per_token), -1)
        self.quotations = [tuple(q) for q in features["quotations"]]
        self.attributions = self.tags = None

    def __len__(self):
        return len(self.start)

    def tokens(self, spans):
        """Indices of the tokens that the code-point spans touch, in order."""
        found = set()
        starts = self.start
        for a, b in spans:
            i = max(0, bisect.bisect_right(starts, a) - 1)
            while i < len(starts) and starts[i] < b:
                if self.end[i] > a:
                    found.add(i)
                i += 1
        return sorted(found)

    def mark(self, attributions):
        """Takes over gold marks: (cue, source, content, nested) as token indices; those without a cue are left out."""
        self.attributions = []
        for a in attributions:
            cue, source, content = (self.tokens(a.get(r) or []) for r in ("cue", "source", "content"))
            if cue and content:
                self.attributions.append((list(range(cue[0], cue[-1] + 1)), source, content, a.get("inside") is not None))


def load(features_path, marked_rows=None, source=""):
    """Stories of a features file, with marks joined on `id` where rows with marks are given."""
    marks = {r["id"]: r["attributions"] for r in marked_rows or ()}
    found = []
    for r in rows(features_path):
        if not r["start"]:  # a story in another language has no tokens
            continue
        s = Story(r, source)
        if marked_rows:
            s.mark(marks[s.id])
        found.append(s)
    return found


def load_tagged(features_path, texts_path):
    """Stories of a features file with the tags that `texts.py` wrote beside their text."""
    texts = {r["id"]: r for r in rows(texts_path)}
    found = load(features_path)
    for s in found:
        s.tags = tags.labels_of(s, texts[s.id])
    return found
