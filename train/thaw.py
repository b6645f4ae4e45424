"""Makes a checkpoint of a shipped file, so that a training can go on from it: int8 weights times their scales.

  thaw.py FILE.sayso OUT.pt

The rows of the tagger for sentence ends, which no file holds, begin at zero.
"""
import sys

import numpy as np
import torch

import container
from encoder import Accurate
from hashed import Fast
from tags import SIZES


def state(path):
    settings, arrays = container.read(path)
    model = Accurate() if settings["model"] == "accurate" else Fast()
    found = model.state_dict()
    for name, array in arrays.items():
        if array.dtype == np.uint8 or name.endswith(".scale"):
            continue
        own = torch.from_numpy(array.astype(np.float32))
        if array.dtype == np.int8:
            scale = torch.from_numpy(arrays[name + ".scale"].astype(np.float32))
            own = own * (scale if len(scale) == 1 else scale[:, None])
        if name.startswith("tags."):
            own = torch.cat([torch.zeros(SIZES[0], *own.shape[1:]), own])
        put(found, name, own)
    if settings["model"] == "accurate":
        found["kind"].zero_()  # is part of the positions in the file
    model.load_state_dict(found)
    return model.state_dict()


def put(found, name, own):
    """Takes a tensor over under the name that the module has for it."""
    name = "activations.scale" if name == "activations" else name
    target = name if name in found else name + ".weight"
    if name == "position":
        found[target][:len(own)] = own
    else:
        assert found[target].shape == own.shape, (name, found[target].shape, own.shape)
        found[target] = own


if __name__ == "__main__":
    torch.save(state(sys.argv[1]), sys.argv[2])
