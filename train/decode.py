"""From a model's probabilities to attributions. The library's decoder does the same, step by step."""
from dataclasses import dataclass

import numpy as np

from heads import CONTENT, SOURCE


MARK = 7  # the shape of a token that is no word
CLOSING = 3  # the quotation state of a closing mark
PARAGRAPH = 2  # the boundary of a paragraph's first token
CAPITAL = (1, 2, 3, 4)  # shapes of words with a capital
COMMA, COLON, STOP, DASHES = 1010, 1024, 1012, (1011, 1516, 1517, 1518)  # word pieces of , : . and - – — ―
SIGNATURE = 12  # most tokens of the name and description under a quotation
SIGNED = 0.9  # score of an attribution that the layout alone tells


@dataclass
class Settings:
    """Chosen on a slice of train."""

    candidate: float = 0.15  # least probability of a token to belong to a candidate cue
    edge: float = 0.5  # tokens at a cue's edges below this share of its best one are cut off
    accept: float = 0.40  # least score of an attribution
    nested: float = 0.35  # the same of one whose cue stands in the content of an accepted one
    content: float = 0.5  # least probability of a content token
    source: float = 0.4  # least probability of a source token
    quotation: float = 0.5  # share of a quotation's tokens from which it is content as a whole
    weak: float = 0.6  # a piece of content needs a token as sure as this
    gap: int = 2  # most tokens left out between two pieces of content, or of the source, that are filled in
    extend: float = 0.4  # words next to a piece of content join it down to this probability
    piece: int = 3  # a piece of content has at least so many tokens, or is the longest


def candidates(cue, settings):
    """Runs of tokens that may be cues: (first, last, score). `cue` is [n, 3]: out, first, next."""
    inside = cue[:, 1] + cue[:, 2]
    found, i, n = [], 0, len(cue)
    while i < n:
        if inside[i] < settings.candidate:
            i += 1
            continue
        j = i + 1
        while j < n and inside[j] >= settings.candidate and not (cue[j, 1] > cue[j, 2] and inside[j] > 0.5 and cue[j, 1] > 0.5):
            j += 1
        best = inside[i:j].max()
        a, z = i, j - 1
        while inside[a] < settings.edge * best:
            a += 1
        while inside[z] < settings.edge * best:
            z -= 1
        found.append((a, z, float(best)))
        i = j
    return found


def every_candidate(cue, settings):
    """The candidates of several settings together."""
    return sorted({(a, z, score) for s in settings for a, z, score in candidates(cue, s)})


def runs(flags):
    """Ranges (first, last) of the set flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2])]


def fill(flags, barred, most):
    """Fills holes of at most so many tokens between set flags, unless a barred token stands in the hole."""
    pieces = runs(flags)
    for (_, b), (c, _) in zip(pieces, pieces[1:]):
        if c - b - 1 <= most and not barred[b + 1:c].any():
            flags[b + 1:c] = True


def label(story, first, cue, probs, settings, quoted):
    """Source and content of one candidate: boolean arrays over the range that begins with token `first`, and a score."""
    n = len(probs)
    is_cue = np.zeros(n, dtype=bool)
    is_cue[cue[0] - first:cue[1] - first + 1] = True
    source = (probs[:, SOURCE] >= settings.source) & (probs[:, SOURCE] > probs[:, CONTENT]) & ~is_cue
    fill(source, is_cue, settings.gap)
    spans = runs(source)
    if spans:  # one source: the surest run, with others as sure joined to it
        mass = [probs[a:b + 1, SOURCE].sum() for a, b in spans]
        best = int(np.argmax([probs[a:b + 1, SOURCE].max() for a, b in spans]))
        source[:] = False
        for k, (a, b) in enumerate(spans):
            if k == best or (probs[a:b + 1, SOURCE].max() >= 0.75 and mass[k] >= 0.5 * mass[best]):
                source[a:b + 1] = True
    content = (probs[:, CONTENT] >= settings.content) & ~is_cue & ~source
    fill(content, is_cue | source, settings.gap)
    pieces = runs(content)
    longest = max((b - a + 1 for a, b in pieces), default=0)
    for a, b in pieces:
        if probs[a:b + 1, CONTENT].max() < settings.weak or b - a + 1 < min(settings.piece, longest):
            content[a:b + 1] = False
    word = story.shape[first:first + n] != MARK
    free = word & ~is_cue & ~source & (probs[:, CONTENT] >= settings.extend)
    for a, b in runs(content):  # not to stop between words where the probability only fades
        while b + 1 < n and free[b + 1] and word[b]:
            b += 1
            content[b] = True
        while a > 0 and free[a - 1] and word[a]:
            a -= 1
            content[a] = True
    for a, b, _ in quoted:  # a quotation is content as a whole or not at all
        a, b = max(a - first, 0), min(b - first, n - 1)
        if a <= b and not is_cue[a:b + 1].any() and content[a:b + 1].mean() >= settings.quotation:
            content[a:b + 1] = ~source[a:b + 1]
    return source, content


def decode(story, cue, heads, settings):
    """Attributions of a story: dicts of token lists `source`, `cue`, `content`, with `score` and `inside`.

    `cue` is [n, 3]; `heads` maps a candidate's (first, last) to (first token of the range, probabilities [L, 3]).
    """
    quoted = story.quotations  # (first, last, whether it goes on in the next paragraph)
    found = []
    for a, z, score in candidates(cue, settings):
        if (a, z) not in heads:
            continue
        first, probs = heads[a, z]
        near = [q for q in quoted if q[1] >= first and q[0] < first + len(probs)]
        source, content = label(story, first, (a, z), probs, settings, near)
        after = following(story, z, quoted) if not content.any() else None
        if not content.any() and after is None:
            continue
        sure = float(probs[content, CONTENT].mean()) if after is None else 1.0
        total = score * sure
        if total < min(settings.accept, settings.nested):
            continue
        found.append({"cue": list(range(a, z + 1)), "source": list(first + np.flatnonzero(source)),
                      "content": after or list(first + np.flatnonzero(content)), "score": total})
    sure = [set(f["content"]) for f in found if f["score"] >= settings.accept]
    found = [f for f in found if f["score"] >= settings.accept or (f["score"] >= settings.nested and any(set(f["cue"]) <= c for c in sure))]
    carry_on(story, found, quoted)
    found += signed(story, found, quoted)
    found.sort(key=lambda f: f["cue"])
    nest(found)
    return found


def following(story, last, quoted):
    """What a cue announces that ends its paragraph with a colon: the next paragraph's quotation, or all of that paragraph."""
    n, end = len(story), last + 1
    while end < n and story.paragraph[end] == story.paragraph[last] and story.shape[end] == MARK:
        end += 1
    if end == n or story.paragraph[end] == story.paragraph[last] or story.pieces[story.first_piece[end - 1]] != COLON:
        return None
    for a, b, _ in quoted:
        if a == end:
            return list(range(a, b + 1))
    stop = end
    while stop < n and story.paragraph[stop] == story.paragraph[end]:
        stop += 1
    return list(range(end, stop))


def carry_on(story, found, quoted):
    """Quoted speech left open at a paragraph's end goes on with the next paragraph's quotation."""
    at = {q[1]: k for k, q in enumerate(quoted)}
    taken = {t for f in found for r in ("cue", "content") for t in f[r]}
    for f in found:
        k = at.get(f["content"][-1])
        while k is not None and quoted[k][2] and k + 1 < len(quoted):
            k += 1
            fresh = range(quoted[k][0], quoted[k][1] + 1)
            if any(t in taken for t in fresh):
                break
            f["content"] += fresh
            taken.update(fresh)


def signed(story, found, quoted):
    """Quotations that make up their paragraph and are signed after a dash, there or in the next paragraph: “Words.” – Ana Ruiz, mayor"""
    piece = lambda i: story.pieces[story.first_piece[i]]
    taken = {t for f in found for r in ("cue", "content") for t in f[r]}
    n, added = len(story), []
    for k, (a, b, _) in enumerate(quoted):
        dash = b + 1
        if story.quotation[b] != CLOSING or story.boundary[a] != PARAGRAPH or dash >= n or piece(dash) not in DASHES:
            continue
        name = dash + 2 if dash + 1 < n and piece(dash + 1) in DASHES else dash + 1
        end = name
        while end < n and story.paragraph[end] == story.paragraph[dash] and end - name <= SIGNATURE:
            end += 1
        if not 0 < end - name <= SIGNATURE or story.shape[name] not in CAPITAL:
            continue
        while k > 0 and quoted[k - 1][2]:
            k -= 1
        content = [t for q in quoted[k:] if q[0] <= a for t in range(q[0], q[1] + 1)]
        if taken.intersection(content) or taken.intersection(range(dash, end)):
            continue
        stop = next((t for t in range(name, end) if piece(t) == COMMA), end)
        if stop == end and piece(end - 1) == STOP:
            stop -= 1
        added.append({"cue": list(range(dash, name)), "source": list(range(name, stop)), "content": content, "score": SIGNED})
    return added


def nest(found):
    """Sets `inside` to the index of the attribution with the shortest content that holds the cue."""
    sets = [set(f["content"]) for f in found]
    for i, f in enumerate(found):
        holders = [j for j in range(len(found)) if j != i and set(f["cue"]) <= sets[j] and not (set(found[j]["cue"]) <= sets[i] and j > i)]
        f["inside"] = min(holders, key=lambda j: (len(sets[j]), j)) if holders else None


def spans(story, tokens):
    """Code-point spans of a sorted list of tokens; neighbours are one span."""
    out = []
    for t in tokens:
        if out and out[-1][1] == t - 1:
            out[-1][1] = t
        else:
            out.append([t, t])
    return [[int(story.start[a]), int(story.end[b])] for a, b in out]


def wire(story, found):
    """The story's attributions as a row that the scorers read."""
    rows = [{"id": i, "inside": f["inside"], "score": round(f["score"], 4), **{r: spans(story, f[r]) for r in ("source", "cue", "content")}}
            for i, f in enumerate(found)]
    return {"id": story.id, "attributions": rows}
