"""Batches: windows of stories as padded tensors, and the cue-token pairs that the head is trained on."""
import numpy as np
import torch

from heads import CONTENT, CUE_FIRST, CUE_NEXT, SOURCE, head_range, place

FEATURES = ("quotation", "shape", "boundary", "gap")
START, END, MASK, PAD = 101, 102, 103, 0
IGNORED = -100


class Window:
    """One window of one story, with its targets where the story is marked."""

    __slots__ = ("story", "first", "start", "end", "last", "cue_labels", "pairs", "size")

    def __init__(self, story, bounds, outer_only):
        self.story = story
        self.first, self.start, self.end, self.last = bounds
        self.size = int(story.first_piece[self.last] - story.first_piece[self.first]) + 2
        self.cue_labels, self.pairs = None, []
        if story.attributions is not None:
            self.label(outer_only)

    def label(self, outer_only):
        labels = np.full(self.last - self.first, IGNORED, dtype=np.int64)
        labels[self.start - self.first:self.end - self.first] = 0
        inside = lambda t: self.first <= t < self.last
        if outer_only:  # nested cues are not marked there, so nothing is known about them
            for _, _, content, _ in self.story.attributions:
                labels[[t - self.first for t in content if inside(t)]] = IGNORED
        for cue, source, content, _ in self.story.attributions:
            core = [t for t in cue if self.start <= t < self.end]
            for t in core:
                labels[t - self.first] = CUE_FIRST if t == cue[0] else CUE_NEXT
            if not (self.start <= cue[0] < self.end):
                continue
            target = np.zeros(self.last - self.first, dtype=np.int64)
            target[[t - self.first for t in content if inside(t)]] = CONTENT
            target[[t - self.first for t in source if inside(t)]] = SOURCE
            cue_in = [t - self.first for t in cue if inside(t)]
            target[cue_in] = 0
            self.pairs.append((cue_in, target))
        self.cue_labels = labels


def range_of(window, cue):
    """The range of the head for a cue, tokens of the window, as indices `[lo, hi)` in the window."""
    lo, hi = head_range(window.story.paragraph, cue[0] + window.first, cue[-1] + window.first, window.first, window.last)
    return lo - window.first, hi - window.first


def collate(windows, rng=None, masked=0.0):
    """Input tensors of a batch; with `rng`, that share of the tokens is masked."""
    b, n_tokens = len(windows), max(w.last - w.first for w in windows)
    n_pieces = max(w.size for w in windows)
    out = {k: np.zeros((b, n_tokens), dtype=np.int64) for k in FEATURES + ("first",)}
    pieces = np.full((b, n_pieces), PAD, dtype=np.int64)
    piece_of = {k: np.zeros((b, n_pieces), dtype=np.int64) for k in FEATURES}
    token_mask = np.zeros((b, n_tokens), dtype=bool)
    labels = np.full((b, n_tokens), IGNORED, dtype=np.int64)
    tags = np.full((b, n_tokens, 3), IGNORED, dtype=np.int64)
    for i, w in enumerate(windows):
        s, n = w.story, w.last - w.first
        p0, p1 = s.first_piece[w.first], s.first_piece[w.last]
        own = s.pieces[p0:p1].copy()
        lengths = np.diff(s.first_piece[w.first:w.last + 1])
        if rng is not None and masked:
            own[np.repeat(rng.random(n) < masked, lengths)] = MASK
        pieces[i, 0], pieces[i, 1:1 + len(own)], pieces[i, 1 + len(own)] = START, own, END
        out["first"][i, :n] = s.first_piece[w.first:w.last] - p0 + 1
        for k in FEATURES:
            values = getattr(s, k)[w.first:w.last]
            out[k][i, :n] = values
            piece_of[k][i, 1:1 + len(own)] = np.repeat(values, lengths)
        token_mask[i, :n] = True
        if w.cue_labels is not None:
            labels[i, :n] = w.cue_labels
        if s.tags is not None:
            tags[i, w.start - w.first:w.end - w.first] = s.tags[w.start:w.end]
    t = torch.from_numpy
    batch = {k: t(piece_of[k]) for k in FEATURES}
    batch |= {"token_" + k: t(out[k]) for k in FEATURES}
    sizes = np.array([w.size for w in windows])
    batch |= {"pieces": t(pieces), "piece_mask": t(np.arange(n_pieces)[None, :] < sizes[:, None]),
              "first": t(out["first"]), "token_mask": t(token_mask), "labels": t(labels), "tags": t(tags)}
    return batch


def pairs_of(windows, pairs):
    """Tensors for the head: `pairs` is a list of (index of the window, cue tokens, labels of the window's tokens or None for all none)."""
    k = max((len(c) for _, c, _ in pairs), default=1)
    ranges = [range_of(windows[w], c) for w, c, _ in pairs]
    n, r = len(pairs), max(hi - lo for lo, hi in ranges)
    cue, weight = np.zeros((n, k), dtype=np.int64), np.zeros((n, k), dtype=np.float32)
    index, places, sentences = (np.zeros((n, r), dtype=np.int64) for _ in range(3))
    mask, target = np.zeros((n, r), dtype=np.float32), np.full((n, r), IGNORED, dtype=np.int64)
    for i, ((w, c, y), (lo, hi)) in enumerate(zip(pairs, ranges)):
        length, sentence = hi - lo, windows[w].story.sentence[windows[w].first + lo:windows[w].first + hi]
        cue[i, :len(c)], weight[i, :len(c)] = c, 1 / len(c)
        index[i, :length] = np.arange(lo, hi)
        places[i, :length] = place(c[0], c[-1], index[i, :length])
        sentences[i, :length] = np.clip(sentence - sentence[c[0] - lo], -3, 3) + 3
        mask[i, :length] = 1
        target[i, :length] = 0 if y is None else y[lo:hi]
    t = torch.from_numpy
    which = t(np.array([w for w, _, _ in pairs], dtype=np.int64))
    return (which, t(cue), t(weight), t(index), t(places), t(sentences), t(mask)), t(target), ranges
