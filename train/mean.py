"""Averages two checkpoints of one model: what a training learnt and what was known before it (Wortsman et al., 2022, "Robust fine-tuning").

  mean.py BEFORE.pt AFTER.pt SHARE OUT.pt      SHARE is that of AFTER
"""
import sys

import torch


def folded(state):
    """The vector `kind` of `accurate` is the same at every position: it moves into those."""
    if "kind" not in state:
        return state
    return state | {"position.weight": state["position.weight"] + state["kind"], "kind": torch.zeros_like(state["kind"])}


def main():
    before, after = (folded(dict(torch.load(path))) for path in sys.argv[1:3])
    share = float(sys.argv[3])
    torch.save({k: (1 - share) * before[k] + share * after[k] for k in after}, sys.argv[4])


if __name__ == "__main__":
    main()
