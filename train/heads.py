"""What both models share: the relative places of a head, the cue tagger and the labelling head."""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

NONE, SOURCE, CONTENT = 0, 1, 2
CUE_OUT, CUE_FIRST, CUE_NEXT = 0, 1, 2
DISTANCES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 1 << 30]  # upper ends of the buckets
PLACES = 1 + 2 * len(DISTANCES)
SENTENCES = 7  # sentences from the cue's, -3 or less to 3 or more
BEFORE, AFTER = 64, 96  # most tokens of a head's range before and after its cue


def head_range(paragraph, first, last, start, end):
    """Tokens `[lo, hi)` that a head labels for the cue `first..=last`: those of its paragraph, near it, within `[start, end)`."""
    lo, hi, own = first, first + 1, paragraph[first]
    while lo > start and first - (lo - 1) <= BEFORE and paragraph[lo - 1] == own:
        lo -= 1
    while hi < end and (hi <= last or hi - last <= AFTER) and paragraph[hi] == own:
        hi += 1
    return lo, hi


def place(first, last, positions):
    """Bucket of each token's distance to the cue `[first, last]`: 0 within, 1.. before, 16.. after."""
    before, after = first - positions, positions - last
    bucket = np.zeros(len(positions), dtype=np.int64)
    b, a = before > 0, after > 0
    bucket[b] = 1 + np.searchsorted(DISTANCES, before[b])
    bucket[a] = 1 + len(DISTANCES) + np.searchsorted(DISTANCES, after[a])
    return bucket


class Head(nn.Module):
    """Labels every token of a range none, source or content, given a cue.

    h0 = relu(T x_t + (P x_t) * (G x_c) + C x_c + place + sentence), x_c the mean over the cue;
    h  = relu(h + conv3(h)) for each dilation; logits = linear(h).
    """

    def __init__(self, size, width, dilations):
        super().__init__()
        self.width = width
        self.project = nn.Linear(size, 4 * width)  # T, P, C, G in this order
        with torch.no_grad():
            self.project.weight[width:2 * width] *= 0.5
        self.place = nn.Embedding(PLACES, width)
        self.sentence = nn.Embedding(SENTENCES, width)
        for e in (self.place, self.sentence):
            nn.init.normal_(e.weight, std=0.1)
        self.dilations = list(dilations)
        self.convs = nn.ModuleList(nn.Linear(3 * width, width) for _ in self.dilations)
        self.out = nn.Linear(width, 3)
        # Replaced while int8 is simulated: what a step's input and a layer's weights look like then.
        self.watch = lambda k, h: h
        self.weight_of = lambda layer: layer.weight

    def forward(self, projected, window, cue_tokens, cue_weight, index, places, sentences, mask):
        """`projected` [B, L, 4W]; a pair's window [N], cue tokens [N, K] and weights [N, K]; the tokens of its range and their
        places, sentences and mask [N, R]; logits [N, R, 3]."""
        w = self.width
        cue = (projected[window[:, None], cue_tokens, 2 * w:] * cue_weight[..., None]).sum(1)  # [N, 2W]
        tokens = projected[window[:, None], index, :2 * w]
        h = tokens[..., :w] + tokens[..., w:] * cue[:, None, w:] + cue[:, None, :w]
        h = h + self.place(places) + self.sentence(sentences)
        m = mask[..., None]
        h = F.relu(h) * m
        for i, (conv, d) in enumerate(zip(self.convs, self.dilations)):
            h = F.relu(h + F.linear(shifted(self.watch(i, h), d), self.weight_of(conv), conv.bias)) * m
        return F.linear(self.watch(len(self.convs), h), self.weight_of(self.out), self.out.bias)


def shifted(x, d):
    """[.., L, W] -> [.., L, 3W]: each token's vector between those `d` before and `d` after it, zero past the ends."""
    return torch.cat([F.pad(x, (0, 0, d, 0))[..., :x.shape[-2], :], x, F.pad(x, (0, 0, 0, d))[..., d:, :]], dim=-1)
