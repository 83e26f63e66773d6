"""JSON texts and decimal numbers as Python's own parsers read them, for those of `Files`.

Run from this folder: python3 texts.py (needs nothing). Writes json.json and numbers.json.

`json.json` has pairs of a text and what it says, in a form that keeps numbers as written: `z`, `t`, `f`; `#` and the number; `$`, a
string in hexadecimal UTF-8, `$`; `[` and `{` with their parts one after the other, and `]`, `}`. A text that is no JSON by RFC 8259, repeats a
key, has half a surrogate pair or nests deeper than 64 says nothing. Python's own leniences (NaN, repeated keys, lone surrogates) are taken back.

`numbers.json` has pairs of a text and the bits of the nearest double, in hexadecimal; of none for a text that is no plain decimal.
"""

import json
import random
import re
import struct

draw = random.Random(29)


class Number(str):
    pass


class Refused(ValueError):
    pass


def unique(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise Refused
    return pairs


def constant(_):
    raise Refused


def said(value, depth=0):
    if depth >= 64:
        raise Refused
    if value is None or value is True or value is False:
        return {None: "z", True: "t", False: "f"}[value]
    if isinstance(value, Number):
        return "#" + value
    if isinstance(value, str):
        return "$" + value.encode("utf-8").hex() + "$"
    if isinstance(value, Pairs):
        return "{" + "".join(said(key) + said(item, depth + 1) for key, item in value) + "}"
    return "[" + "".join(said(item, depth + 1) for item in value) + "]"


class Pairs(list):
    pass


def read(text):
    try:
        value = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=constant,
                           object_pairs_hook=lambda pairs: Pairs(unique(pairs)))
        return said(value)
    except (ValueError, RecursionError):
        return None


LETTERS = ["a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", " ", "{", "]", ",", ":", "\\b\\f\\r\\t"]


def text(depth):
    kind = draw.randrange(9 if depth < 5 else 6)
    space = draw.choice(["", "", " ", "\t", "\n", "\r\n"])
    if kind == 0:
        return space + draw.choice(["null", "true", "false"])
    if kind <= 2:
        whole = draw.choice(["0", "-0", "7", "-12", "9007199254740993", "123456789012345678901234567890"])
        return space + whole + draw.choice(["", ".5", ".0", ".000001"]) + draw.choice(["", "e3", "E+07", "e-400"])
    if kind <= 5:
        return space + '"' + "".join(draw.choice(LETTERS) for _ in range(draw.randrange(5))) + '"'
    if kind == 6:
        return space + "[" + ",".join(text(depth + 1) for _ in range(draw.randrange(4))) + space + "]"
    keys = draw.sample(["a", "b", "é", "\\u0063", "", "c c"], draw.randrange(5))
    return space + "{" + ",".join(f'"{key}"{space}:' + text(depth + 1) for key in keys) + space + "}"


def damaged(whole):
    letters = list(whole)
    for _ in range(draw.randrange(1, 3)):
        place = draw.randrange(len(letters) + 1)
        if draw.random() < 0.5 and place < len(letters):
            letters[place] = draw.choice("[]{},:\"\\0123eE+-.untf \x01")
        elif draw.random() < 0.5:
            letters.insert(place, draw.choice("[]{},:\"\\0.e-u "))
        elif place < len(letters):
            del letters[place]
    return "".join(letters)


fixed = [
    "", " ", "nul", "nullx", "tru", "True", "NaN", "Infinity", "-Infinity", "01", "-01", "00", "1.", ".5", "+1", "1e", "1e+", "1e1.5", "- 1", "-",
    "0x10", "1_000", "'a'", '"\t"', '"\x7f"', '"\\x41"', '"\\u12"', '"\\u12g4"', '"\\ud800"', '"\\udc00"', '"\\ud800\\u0041"', '"\\ud800x"',
    '"\\udbff\\udfff"', "[", "]", "[,]", "[1,]", "[1 2]", "[1,,2]", "{", "{,}", '{"a"}', '{"a":}', '{"a":1,}', '{"a":1 "b":2}', "{a:1}", '{1:2}',
    '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', "1 2", "[] []", "null,", "/* */ 1", "// x\n1", "\ufeff1", "\u00a01", "\x0b1", "1\x00",
    "[" * 63 + "]" * 63, "[" * 64 + "]" * 64, "[" * 65 + "]" * 65, '{"a":' * 63 + "1" + "}" * 63, '{"a":' * 64 + "1" + "}" * 64,
]
texts = fixed + [text(0) for _ in range(150)]
texts += [damaged(draw.choice(texts[len(fixed):])) for _ in range(350)]
with open("json.json", "w") as file:
    json.dump([[one, read(one)] for one in dict.fromkeys(texts)], file, ensure_ascii=True, indent=0)
    file.write("\n")

PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def bits(one):
    one = one.strip(" ")
    if not PLAIN.fullmatch(one):
        return None
    return struct.pack(">d", float(one)).hex()


numbers = [
    "0", "-0", "+0", "0.0", "1", "-1.5", "5.", ".5", "-.5", " 2.25 ", "1e5", "1E-5", "1e+05", "1e-400", "-1e-400", "1e400",
    # Half-way between two doubles, and just beside.
    "9007199254740993", "9007199254740992.999999999999999999", "9007199254740993.000000000000000001", "0.1", "0.30000000000000004",
    "1.7976931348623157e308", "1.7976931348623159e308", "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "2.2250738585072011e-308", "2.2250738585072012e-308", "2.2250738585072014e-308", "0.500000000000000166533453693773481063544750213623046875",
    "3.518437208883201171875e13", "62.5364939768271845828", "8.10109172351e-10", "1.50000000000000011102230246251565", "18446744073709551615",
    "18446744073709551616", "-18446744073709551616", "1.8446744073709551616", "1844674407370955161600", "0.000018446744073709551616",
    "36893488147419103232", "55340232221128654848.5", "9999999999999999999", "10000000000000000000", "0.9999999999999999999", "0.00000000000000000001", "1e22", "1e23",
    # No numbers.
    "", " ", "-", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "--1", "1 2", "1_0", "١", "1f", "0b1",
]
for _ in range(400):
    value = struct.unpack(">d", draw.randbytes(8))[0]
    if value == value and abs(value) != float("inf"):
        numbers += [repr(value), f"{value:.17e}", f"{value:.9g}"]
for _ in range(400):
    value = draw.random()
    numbers += [f"{value:.{draw.randrange(1, 25)}f}", f"{value * 10 ** draw.randrange(18):.{draw.randrange(12)}f}"]
for _ in range(200):
    # A double of few bits and the middle to the next one, in all its digits.
    high = draw.getrandbits(53) | 1 << 52
    shift = draw.randrange(1, 12)
    numbers.append(str((high << shift) + (1 << (shift - 1))))
with open("numbers.json", "w") as file:
    json.dump([[one, bits(one)] for one in dict.fromkeys(numbers)], file, indent=0)
    file.write("\n")
