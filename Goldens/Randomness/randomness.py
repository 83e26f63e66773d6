"""Writes randomness.json: the package's generators, written again from their papers in Python.

    python3 randomness.py

The distribution functions are SciPy's. Other golden programmes draw from the classes here.
"""

import json
import math

MASK = (1 << 64) - 1


def finalised(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def splitmix(seed):
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        yield finalised(seed)


class Xoshiro:
    def __init__(self, state):
        self.s = list(state)

    @classmethod
    def seeded(cls, seed):
        words = splitmix(seed)
        return cls(next(words) for _ in range(4))

    def word(self):
        def rotl(x, k):
            return ((x << k) | (x >> (64 - k))) & MASK

        s = self.s
        result = rotl((s[1] * 5) & MASK, 7) * 9 & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result

    def uniform(self):
        return (self.word() >> 11) / 2**53

    def normal(self):
        r = math.sqrt(-2 * math.log(1 - self.uniform()))
        return r * math.cos(2 * math.pi * self.uniform())

    def below(self, n):
        while True:
            m = self.word() * n
            if m & MASK >= (2**64) % n:
                return m >> 64

    def shuffle(self, n):
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = self.below(i + 1)
            order[i], order[j] = order[j], order[i]
        return order

    def log_gamma(self, a):
        if a < 1:
            big = self.log_gamma(a + 1)
            return big + math.log(1 - self.uniform()) / a
        d = a - 1 / 3
        c = 1 / math.sqrt(9 * d)
        while True:
            x = self.normal()
            if 1 + c * x <= 0:
                continue
            v = (1 + c * x) ** 3
            if math.log(1 - self.uniform()) < 0.5 * x * x + d - d * v + d * math.log(v):
                return math.log(d * v)

    def beta(self, a, b):
        if b == 1:
            return self.uniform() ** (1 / a)
        if a == 1:
            return 1 - self.uniform() ** (1 / b)
        x, y = self.log_gamma(a), self.log_gamma(b)
        return 1 / (1 + math.exp(y - x))


class Key:
    def __init__(self, word):
        self.word = word

    @classmethod
    def seeded(cls, seed):
        return cls(next(splitmix(seed)))

    def fold(self, value):
        if isinstance(value, int):
            word, tag = value & MASK, 0xD1B54A32D192ED03
        else:
            word, tag = 0xCBF29CE484222325, 0x8CB92BA72F3D8DD7
            for byte in value.encode():
                word = ((word ^ byte) * 0x100000001B3) & MASK
        return Key(finalised((self.word + finalised(word ^ tag)) & MASK))

    @property
    def source(self):
        return Xoshiro.seeded(self.word)


def first(seed, draw, n):
    source = Xoshiro.seeded(seed)
    return [draw(source) for _ in range(n)]


GRID = [i / 20 for i in range(1, 20)]
PAIRS = [(0.1, 1), (0.2, 1), (0.3, 1), (1, 0.5), (0.1, 0.1), (0.4, 0.4), (1, 1), (2, 3), (0.3, 4)]


def main():
    from scipy import stats

    seven = Key.seeded(7)
    golden = {
        "words": [{"seed": str(s), "words": [str(w) for w in first(s, Xoshiro.word, 8)]}
                  for s in (0, 1, 7, 2**64 - 1)],
        "keys": [
            {"path": path, "word": str(key.source.word())}
            for path, key in [
                ("7", seven),
                ("7/augment", seven.fold("augment")),
                ("7/0", seven.fold(0)),
                ("7/-1", seven.fold(-1)),
                ("7/augment/3/41", seven.fold("augment").fold(3).fold(41)),
                ("7/wärme", seven.fold("wärme")),
            ]
        ],
        "uniform": first(3, Xoshiro.uniform, 8),
        "normal": first(3, Xoshiro.normal, 8),
        "below": [{"bound": n, "values": first(3, lambda s: s.below(n), 12)}
                  for n in (1, 2, 10, 1000003, 2**62 + 1)],
        "shuffle": [{"n": n, "order": Xoshiro.seeded(3).shuffle(n)} for n in (0, 1, 2, 23)],
        "beta": [{"a": a, "b": b, "values": first(5, lambda s: s.beta(a, b), 8),
                  "cdf": [float(stats.beta.cdf(x, a, b)) for x in GRID]} for a, b in PAIRS],
        "grid": GRID,
    }
    with open("randomness.json", "w") as fp:
        json.dump(golden, fp, indent=1)
        fp.write("\n")


if __name__ == "__main__":
    main()
