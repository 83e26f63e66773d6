#!/usr/bin/env python3
"""Rows/foreign.safetensors: features as the safetensors package writes them, under a name of their own.

    python3 Goldens/Datasets/tensors.py      (numpy, safetensors)
"""
import pathlib

import numpy
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).resolve().parent
save_file(
    {
        "embeddings": (numpy.arange(12, dtype=numpy.float16) / 8 - 0.5).reshape(4, 3),
        "labels": numpy.array([1, 0, 2, 1], dtype=numpy.int64),
    },
    HERE / "Rows" / "foreign.safetensors", metadata={"format": "np"})
