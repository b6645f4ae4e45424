"""Reads a shipped file and computes with its int8 arithmetic, step by step as README.md says: the reference for the library."""
import numpy as np
import torch
from torch.nn import functional as F

import container
from batches import Window, collate
from decode import Settings, candidates
from heads import head_range, place, shifted
from windows import windows


class Shipped:
    """The weights of a file, as tensors; int8 ones keep their whole numbers, as f32, beside their scales."""

    def __init__(self, path):
        self.settings, arrays = container.read(path)
        self.t = {k: torch.from_numpy(v.astype(np.float32)) for k, v in arrays.items() if v.dtype != np.uint8}
        self.small = {k for k, v in arrays.items() if v.dtype == np.int8}

    def rows(self, name, index):
        """Rows of an int8 table in f32."""
        scale = self.t[name + ".scale"]
        return self.t[name][index] * (scale if len(scale) == 1 else scale[index][..., None])

    def static(self, name, q, s):
        """A linear step on u8 activations `q` of scale `s`."""
        whole = q @ self.t[name + ".weight"].T  # below 2^24: exact in f32
        return whole * (s * self.t[name + ".weight.scale"]) + self.t[name + ".bias"]

    def dynamic(self, name, x):
        """A linear step on f32 rows that are quantised as they come."""
        w = self.t[name + ".weight"]
        if name + ".weight" not in self.small:
            return x @ w.T + self.t[name + ".bias"]
        s = x.abs().amax(-1, keepdim=True).clamp(min=1e-30) / 127
        q = torch.round(x / s)
        whole = (q.double() @ w.T.double()).float() if x.shape[-1] > 1024 else q @ w.T
        return whole * (s * self.t[name + ".weight.scale"]) + self.t[name + ".bias"]

    def head(self, story, projected, offset, first, last, start, end):
        """(first token of the range, probabilities) for a cue; `projected[i]` is of token `offset + i`."""
        lo, hi = head_range(story.paragraph, first, last, start, end)
        n = self.t["head.place"].shape[1]
        p = projected[lo - offset:hi - offset]
        cue = projected[first - offset:last + 1 - offset, 2 * n:].mean(0)
        t = np.arange(lo, hi)
        sentence = np.clip(story.sentence[lo:hi] - story.sentence[first], -3, 3) + 3
        h = p[:, :n] + p[:, n:2 * n] * cue[n:] + cue[:n] + self.t["head.place"][place(first, last, t)] + self.t["head.sentence"][sentence]
        h = F.relu(h)
        for k, d in enumerate(self.settings["head_dilations"]):
            h = F.relu(h + self.step(f"head.convs.{k}", h, d, k))
        return lo, torch.softmax(self.step("head.out", h, None, len(self.settings["head_dilations"])), -1).numpy()


class ShippedFast(Shipped):
    def quantised(self, x, i):
        s = self.t["activations"][i]
        return torch.clamp(torch.round(x * (1 / s)), 0, 255), s

    def step(self, name, h, d, k):
        q, s = self.quantised(h, len(self.settings["dilations"]) + 1 + k)
        return self.static(name, shifted(q, d) if d else q, s)

    def vectors(self, story):
        """The tokens' vectors in u8, and their scale."""
        t = self.t
        x = sum(self.rows(n, torch.from_numpy(story.buckets[:, i].astype(np.int64))) for i, n in enumerate(("word", "beginning", "ending3", "ending2")))
        for n in ("quotation", "shape", "boundary", "gap"):
            x = x + t[n][torch.from_numpy(getattr(story, n).astype(np.int64))]
        x = F.relu(x + t["bias"])
        for i, d in enumerate(self.settings["dilations"]):
            q, s = self.quantised(x, i)
            x = F.relu(x + self.static(f"layers.{i}", shifted(q, d), s))
        return self.quantised(x, len(self.settings["dilations"]))

    @torch.no_grad()
    def tag(self, story):
        """Logits of the tags, [n, outputs]."""
        return self.static("tags", *self.vectors(story)).numpy()

    @torch.no_grad()
    def read(self, story, settings=Settings()):
        q, s = self.vectors(story)
        cue = torch.softmax(self.static("cue", q, s), -1).numpy()
        projected = self.static("head.project", q, s)
        heads = {(a, z): self.head(story, projected, 0, a, z, 0, len(story)) for a, z, _ in candidates(cue, settings)}
        return story, cue, heads


class ShippedAccurate(Shipped):
    def step(self, name, h, d, k):
        return self.dynamic(name, shifted(h, d) if d else h)

    def vectors(self, w):
        """Vectors of the tokens of a window."""
        t, b = self.t, collate([w])
        n = b["pieces"].shape[1]
        x = self.rows("word", b["pieces"][0]) + t["position"][:n]
        for name in ("quotation", "shape", "boundary", "gap"):
            x = x + t[name][b[name][0]]
        norm = lambda x, name: F.layer_norm(x, x.shape[-1:], t[name + ".weight"], t[name + ".bias"], 1e-12)
        x = norm(x, "norm0")
        for i in range(self.settings["layers"]):
            p = f"layers.{i}."
            q, k, v = self.dynamic(p + "qkv", x).view(n, 3, self.settings["heads"], -1).permute(1, 2, 0, 3)
            a = torch.softmax(q @ k.transpose(1, 2) / q.shape[-1] ** 0.5, -1) @ v
            x = norm(x + self.dynamic(p + "attended", a.transpose(0, 1).reshape(n, -1)), p + "norm1")
            x = norm(x + self.dynamic(p + "outer", F.gelu(self.dynamic(p + "inner", x))), p + "norm2")
        return x[b["first"][0]]

    @torch.no_grad()
    def tag(self, story):
        """Logits of the tags, [n, outputs]."""
        found = []
        for bounds in windows(story):
            w = Window(story, bounds, False)
            found.append(self.dynamic("tags", self.vectors(w)[w.start - w.first:w.end - w.first]))
        return torch.cat(found).numpy()

    @torch.no_grad()
    def read(self, story, settings=Settings()):
        cue, heads = np.zeros((len(story), 3), dtype=np.float32), {}
        for bounds in windows(story):
            w = Window(story, bounds, False)
            x = self.vectors(w)
            core = torch.softmax(self.dynamic("cue", x), -1).numpy()[w.start - w.first:w.end - w.first]
            cue[w.start:w.end] = core
            projected = self.dynamic("head.project", x)
            for a, z, _ in candidates(core, settings):
                a, z = a + w.start, z + w.start
                heads[a, z] = self.head(story, projected, w.first, a, z, w.first, w.last)
        return story, cue, heads


def open_file(path):
    return {"fast": ShippedFast, "accurate": ShippedAccurate}[container.read(path)[0]["model"]](path)
