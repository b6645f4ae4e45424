"""The encoder of `fast`: hashed words and convolutions, trained with simulated int8 towards the end."""
import torch
from torch import nn
from torch.nn import functional as F

from heads import Head, shifted
from tags import TAGS

SIZE, DILATIONS = 128, (1, 2, 4, 8, 1)
HEAD_WIDTH, HEAD_DILATIONS = 64, (1, 2)
TABLES = {"word": 32768, "beginning": 8192, "ending3": 8192, "ending2": 8192}
ROWS = {"quotation": 5, "shape": 8, "boundary": 3, "gap": 2}


class RoundThrough(torch.autograd.Function):
    """Rounds; the gradient passes as if it had not."""

    @staticmethod
    def forward(ctx, x):
        return torch.round(x)

    @staticmethod
    def backward(ctx, g):
        return g


def weight_like_int8(w, per_row=True):
    """The weights as int8 with one scale a row (or one for all) would have them."""
    scale = (w.detach().abs().amax(1, keepdim=True) if per_row else w.detach().abs().amax()).clamp(min=1e-8) / 127
    return RoundThrough.apply(w / scale) * scale


class Activations(nn.Module):
    """Fixed scales of u8 activations: watched first, then simulated."""

    def __init__(self, count):
        super().__init__()
        self.register_buffer("scale", torch.zeros(count))
        self.mode = "off"  # "off", "watch", "simulate"

    def forward(self, i, x):
        if self.mode == "off":
            return x
        if self.training:
            with torch.no_grad():
                # One value in twenty thousand may be cut off: the rest gain in resolution.
                flat = x.detach().flatten()[::7].float()
                top = torch.topk(flat, max(1, flat.numel() // 20000)).values[-1] / 255
                self.scale[i] = top if self.scale[i] == 0 else torch.lerp(self.scale[i], top, 0.02)
        if self.mode == "watch":
            return x
        s = self.scale[i].clone()
        return RoundThrough.apply(torch.clamp(x.float() / s, 0, 255)) * s


class Fast(nn.Module):
    """Buckets and features in, token vectors out; the cue tagger and the head on top."""

    def __init__(self, size=SIZE, dilations=DILATIONS, head_width=HEAD_WIDTH, head_dilations=HEAD_DILATIONS):
        super().__init__()
        self.size, self.dilations = size, tuple(dilations)
        for name, rows in TABLES.items():
            table = nn.Embedding(rows, size)
            nn.init.normal_(table.weight, std=0.3 if name == "word" else 0.15)
            setattr(self, name, table)
        for name, rows in ROWS.items():
            table = nn.Embedding(rows, size)
            nn.init.normal_(table.weight, std=0.2)
            setattr(self, name, table)
        self.bias = nn.Parameter(torch.zeros(size))
        self.layers = nn.ModuleList(nn.Linear(3 * size, size) for _ in dilations)
        for layer in self.layers:
            nn.init.normal_(layer.weight, std=(1.0 / (3 * size)) ** 0.5)
            nn.init.zeros_(layer.bias)
        self.cue = nn.Linear(size, 3)
        self.tags = nn.Linear(size, TAGS)
        self.head = Head(size, head_width, head_dilations)
        self.activations = Activations(len(dilations) + 1 + len(head_dilations) + 1)
        n = len(dilations)
        self.head.watch = lambda k, h: self.activations(n + 1 + k, h)

    def simulate(self, mode):
        """"off", "watch" or "simulate" int8."""
        self.activations.mode = mode
        self.head.weight_of = (lambda layer: weight_like_int8(layer.weight)) if mode == "simulate" else (lambda layer: layer.weight)

    def linear(self, layer, x):
        return F.linear(x, self.head.weight_of(layer), layer.bias)

    def tokens(self, b, drop=0.0):
        """Vectors of the tokens of a batch, [B, L, size], as the cue tagger and the head take them."""
        simulated = self.activations.mode == "simulate"
        x = self.bias
        for i, name in enumerate(TABLES):
            rows = F.embedding(b["buckets"][..., i], getattr(self, name).weight, sparse=self.training)
            if simulated:
                scale = getattr(self, name).weight.detach().abs().amax() / 127
                rows = RoundThrough.apply(rows / scale) * scale
            if name == "word" and drop:
                rows = rows * (torch.rand(rows.shape[:2]) >= drop)[..., None]
            x = x + rows
        for name in ROWS:
            x = x + getattr(self, name)(b["token_" + name])
        mask = b["token_mask"][..., None]
        x = F.relu(x) * mask
        for i, (layer, d) in enumerate(zip(self.layers, self.dilations)):
            x = F.relu(x + self.linear(layer, shifted(self.activations(i, x), d))) * mask
        return self.activations(len(self.dilations), x)

    def project(self, x):
        return self.linear(self.head.project, x)

    def tag(self, x):
        return self.linear(self.tags, x)

    def cues(self, x):
        return self.linear(self.cue, x)
