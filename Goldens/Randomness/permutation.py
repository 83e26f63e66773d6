"""Writes permutation.json: IndexPermutation, written again from its formula in Python.

    python3 permutation.py
"""

import json

from randomness import MASK, Key, finalised

STEP, SPREAD = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03


class Permutation:
    def __init__(self, count, key):
        self.count = count
        self.word = key.fold("permutation").word
        bits = (count - 1).bit_length()
        self.low, self.high = bits // 2, bits - bits // 2
        self.rounds = 24 if bits < 16 else 8
        self.swap = self.mixture(0, 0) % 2 if count > 1 else 0

    def mixture(self, i, half):
        return finalised(((self.word + i * STEP) & MASK) ^ ((half * SPREAD) & MASK))

    def once(self, value):
        h, l = value >> self.low, value % (1 << self.low)
        for i in range(1, self.rounds + 1):
            if i % 2:
                h ^= self.mixture(i, l) % (1 << self.high)
            else:
                l ^= self.mixture(i, h) % (1 << self.low)
        return (h << self.low) + l

    def __call__(self, position):
        value = self.once(position)
        while value >= self.count:
            value = self.once(value)
        return value ^ self.swap if value < 2 else value


def main():
    golden = []
    for count in (1, 2, 3, 6, 16, 23, 600, 2**15, 2**15 + 1, 10**6, 2**24 + 1, 10**8, 2**40 - 1, 2**62):
        for seed in (0, 7):
            order = Permutation(count, Key.seeded(seed))
            positions = sorted(p for p in {0, 1, 2, 5, count // 3, count // 2, count - 2, count - 1} if 0 <= p < count)
            golden.append({"count": count, "seed": seed, "positions": positions,
                           "values": [order(p) for p in positions]})
    with open("permutation.json", "w") as fp:
        json.dump(golden, fp, indent=1)
        fp.write("\n")


if __name__ == "__main__":
    main()
