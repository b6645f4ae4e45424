"""Windows: whole sentences that tile a story, with a little context on both sides.

The core of a window is what its cues are read from; the context before and after is only looked at.
"""
import numpy as np

CORE_PIECES = 208  # most word pieces in a core
CONTEXT_BEFORE = 20  # most word pieces of context before the core, whole tokens
CONTEXT_AFTER = 24  # the same after it
PARAGRAPH_FILL = 0.7  # a core filled so far ends at a paragraph's end


def windows(story):
    """Token ranges (first, core start, core end, last) of a story's windows, in order."""
    n, at = len(story), story.first_piece
    ends = np.flatnonzero(np.diff(story.sentence)) + 1
    ends = np.append(ends, n)
    found, start, k = [], 0, 0
    while start < n:
        room = at[start] + CORE_PIECES
        end = start
        while k < len(ends) and at[ends[k]] <= room:
            end = int(ends[k])
            k += 1
            full = at[end] - at[start] >= PARAGRAPH_FILL * CORE_PIECES
            if full and end < n and story.paragraph[end] != story.paragraph[end - 1]:
                break
        if end == start:  # one sentence longer than a core: cut it
            end = max(start + 1, int(np.searchsorted(at, room, side="right")) - 1)
            end = min(end, int(ends[k]))
            if end == ends[k]:
                k += 1
        first = int(np.searchsorted(at, at[start] - CONTEXT_BEFORE, side="left"))
        last = int(np.searchsorted(at, at[end] + CONTEXT_AFTER, side="right")) - 1
        found.append((first, start, end, min(n, last)))
        start = end
    return found
