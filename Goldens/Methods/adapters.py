"""Writes adapters.json: first-step losses of methods that learn by adapters beside frozen weights.

    python3 adapters.py

The network here is linear, so what is compared is sampling and loss.
"""

from methods import balanced_softmax, plain, step, uniform, written

written("adapters.json", {"lift": step([uniform], plain, 0.25, balanced_softmax)})
