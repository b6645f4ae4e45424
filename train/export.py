"""Writes the files that are shipped, or ones with random weights to test a reader against.

  export.py random MODEL OUT --features SAMPLE --vocabulary VOCAB
  export.py trained MODEL OUT --weights CHECKPOINT --features SAMPLE --vocabulary VOCAB

Beside OUT comes OUT.json: the story of the feature dump SAMPLE with the windows, tags, cue probabilities and heads that the file gives.
"""
import argparse
import json
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch

import container
import corpus
from decode import Settings, decode, wire
from encoder import HEADS, LAYERS, Accurate
from hashed import TABLES, Fast
from shipped import open_file
from tags import SIZES
from windows import windows


def int8(w, per_row=True):
    """(whole numbers, scales) of a weight matrix."""
    w = w.detach().float().numpy()
    top = np.abs(w).max(axis=1) if per_row else np.abs(w).max(keepdims=True).reshape(1)
    scale = (np.maximum(top, 1e-8) / 127).astype(np.float32)
    return np.clip(np.rint(w / (scale[:, None] if per_row else scale)), -127, 127).astype(np.int8), scale


def linear(tensors, name, layer, small=True):
    if small:
        tensors[name + ".weight"], tensors[name + ".weight.scale"] = int8(layer.weight)
    else:
        tensors[name + ".weight"] = layer.weight.detach().float().numpy()
    tensors[name + ".bias"] = layer.bias.detach().float().numpy()


def tagger(model):
    """The layer of the tags that are shipped: those after the sentence ends."""
    unused = SIZES[0]
    return SimpleNamespace(weight=model.tags.weight[unused:], bias=model.tags.bias[unused:])


def head(tensors, module, out_small):
    linear(tensors, "head.project", module.project)
    for n in ("place", "sentence"):
        tensors["head." + n] = getattr(module, n).weight.detach().float().numpy()
    for i, conv in enumerate(module.convs):
        linear(tensors, f"head.convs.{i}", conv)
    linear(tensors, "head.out", module.out, out_small)


def accurate(model, vocabulary):
    """(settings, tensors) of the model."""
    t = {"vocabulary": np.frombuffer(vocabulary, dtype=np.uint8)}
    t["word"], t["word.scale"] = int8(model.word.weight)
    t["position"] = (model.position.weight[:256] + model.kind).detach().float().numpy()
    for n in ("quotation", "shape", "boundary", "gap"):
        t[n] = getattr(model, n).weight.detach().float().numpy()
    norm = lambda name, m: t.update({name + ".weight": m.weight.detach().float().numpy(), name + ".bias": m.bias.detach().float().numpy()})
    norm("norm0", model.norm0)
    for i, layer in enumerate(model.layers):
        for n in ("qkv", "attended", "inner", "outer"):
            linear(t, f"layers.{i}.{n}", getattr(layer, n))
        norm(f"layers.{i}.norm1", layer.norm1)
        norm(f"layers.{i}.norm2", layer.norm2)
    linear(t, "cue", model.cue, False)
    linear(t, "tags", tagger(model))
    head(t, model.head, False)
    return {"model": "accurate", "layers": LAYERS, "heads": HEADS, "head_dilations": model.head.dilations}, t


def fast(model):
    """(settings, tensors) of the model."""
    t = {}
    for n in TABLES:
        t[n], t[n + ".scale"] = int8(getattr(model, n).weight, per_row=False)
    for n in ("quotation", "shape", "boundary", "gap"):
        t[n] = getattr(model, n).weight.detach().float().numpy()
    t["bias"] = model.bias.detach().float().numpy()
    for i, layer in enumerate(model.layers):
        linear(t, f"layers.{i}", layer)
    linear(t, "cue", model.cue)
    linear(t, "tags", tagger(model))
    head(t, model.head, True)
    t["activations"] = model.activations.scale.float().numpy()
    return {"model": "fast", "size": model.size, "dilations": list(model.dilations), "head_width": model.head.width,
            "head_dilations": model.head.dilations}, t


def sample(path, features, out):
    """Writes what the file gives on the first story of a feature dump."""
    row, story = corpus.rows(features)[0], corpus.load(features)[0]
    opened = open_file(path)
    settings = Settings(**opened.settings["decoder"])
    _, cue, heads = opened.read(story, settings)
    listed = [{"cue": [int(a), int(z)], "first": int(first), "probabilities": p.astype(float).round(6).tolist()} for (a, z), (first, p) in sorted(heads.items())]
    tags = [[int(p[:SIZES[1]].argmax()), int(p[SIZES[1]:].argmax())] for p in opened.tag(story)]
    out.write_text(json.dumps({"features": row, "windows": windows(story), "tags": tags, "cue": cue.astype(float).round(6).tolist(), "heads": listed,
                               "attributions": wire(story, decode(story, cue, heads, settings))["attributions"]}))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("how", choices=("random", "trained"))
    ap.add_argument("model", choices=("fast", "accurate"))
    ap.add_argument("out", type=Path)
    ap.add_argument("--weights", type=Path)
    ap.add_argument("--version", default="1", help="of the weights: raise it with every training that is shipped")
    ap.add_argument("--settings", type=Path, help="the decoder's settings, as tune.py writes them")
    ap.add_argument("--features", type=Path, required=True)
    ap.add_argument("--vocabulary", type=Path, required=True)
    a = ap.parse_args()
    torch.manual_seed(1)
    model = Accurate() if a.model == "accurate" else Fast()
    if a.how == "trained":
        state = torch.load(a.weights)
        model.load_state_dict(state)
    else:
        with torch.no_grad():
            if a.model == "accurate":
                for p in (model.word, model.position):
                    p.weight *= 0.05
            else:
                model.activations.scale.fill_(0.02)
            model.cue.weight *= 4
    decoder = json.loads(a.settings.read_text()) if a.settings else asdict(Settings(candidate=0.7))
    settings, tensors = accurate(model, a.vocabulary.read_bytes()) if a.model == "accurate" else fast(model)
    container.write(a.out, settings | {"version": a.version, "decoder": decoder}, tensors)
    sample(a.out, a.features, Path(f"{a.out}.json"))


if __name__ == "__main__":
    main()
