"""tsai's own InceptionTime without the packages that tsai stands on.

The classes are read from the installed package's sources (`pip install --no-deps tsai==1.0.1`) and run beside small
stand-ins for what they take from fastai and fastcore: none of these computes anything.
"""

import ast
import enum
import functools
import importlib.util
import pathlib
import types

import torch
from torch import nn


class _Prepared(type):
    def __call__(cls, *arguments, **keywords):
        made = cls.__new__(cls)
        nn.Module.__init__(made)
        made.__init__(*arguments, **keywords)
        return made


class Module(nn.Module, metaclass=_Prepared):
    """fastai's: a subclass need not call the initialiser of nn.Module."""

    def __init__(self):
        pass


def _camel(text):
    return "".join(part.capitalize() for part in text.split("_"))


def _definitions(file, names):
    source = (pathlib.Path(importlib.util.find_spec("tsai").submodule_search_locations[0]) / file).read_text()
    wanted = []
    for node in ast.parse(source).body:
        targets = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
        if getattr(node, "name", None) in names or set(targets) & names:
            wanted.append(node)
    return compile(ast.Module(wanted, []), file, "exec")


def _load():
    space = {
        "torch": torch, "nn": nn, "Tensor": torch.Tensor, "partial": functools.partial, "Module": Module,
        "noop": lambda x: x, "ifnone": lambda a, b: b if a is None else a, "snake2camel": _camel,
        "delegates": lambda *_, **__: (lambda cls: cls), "init_linear": lambda *_, **__: None,
        "NormType": enum.Enum("NormType", "Batch BatchZero Weight Spectral Instance InstanceZero"),
        "BatchNorm": lambda nf, norm_type, ndim: nn.BatchNorm1d(nf),
    }
    layers = {"Conv1d", "ConvBlock", "Norm", "BN1d", "Add", "Concat", "Reshape", "GAP1d"}
    exec(_definitions("models/layers.py", layers), space)
    exec(_definitions("models/InceptionTime.py", {"InceptionModule", "InceptionBlock", "InceptionTime"}), space)
    return types.SimpleNamespace(**space)


InceptionTime = _load().InceptionTime
