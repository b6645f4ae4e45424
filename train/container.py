"""The file in which weights are shipped; README.md describes it."""
import json
import struct

import numpy as np

MAGIC, VERSION, ALIGN = b"SAYSOMDL", 1, 64
NAMES = {"int8": "i8", "uint8": "u8", "float32": "f32"}


def write(path, settings, tensors):
    """Writes numpy arrays of int8, uint8 or float32 by name."""
    entries, data = {}, bytearray()
    for name, t in tensors.items():
        data += b"\0" * (-len(data) % ALIGN)
        entries[name] = {"dtype": NAMES[str(t.dtype)], "shape": list(t.shape), "offset": len(data)}
        data += np.ascontiguousarray(t).tobytes()
    header = json.dumps(settings | {"tensors": entries}, separators=(",", ":")).encode()
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % ALIGN)
    with open(path, "wb") as f:
        f.write(MAGIC + struct.pack("<II", VERSION, len(header)) + header + data)


def read(path):
    """(settings, arrays by name) of a file."""
    raw = open(path, "rb").read()
    version, length = struct.unpack_from("<II", raw, len(MAGIC))
    assert raw[:len(MAGIC)] == MAGIC and version == VERSION, path
    begin = len(MAGIC) + 8
    settings = json.loads(raw[begin:begin + length])
    kinds = {v: np.dtype(k) for k, v in NAMES.items()}
    tensors = {}
    for name, e in settings.pop("tensors").items():
        count = int(np.prod(e["shape"]))
        tensors[name] = np.frombuffer(raw, kinds[e["dtype"]], count, begin + length + e["offset"]).reshape(e["shape"])
    return settings, tensors
