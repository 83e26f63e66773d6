"""Writes bessel.json: ln(k^-v I_v(k)) with fifty digits, by mpmath.

    pip install mpmath
    python3 bessel.py
"""

import json

import mpmath

mpmath.mp.dps = 50
cases = []
for order in (0, 0.5, 1, 7, 31, 63, 127.5, 1023):
    ks = [0.0, 1e-3, 0.4, 3.0, 25.0, 63.0, 400.0, 1e4, 1e5]
    values = []
    for k in ks:
        v, x = mpmath.mpf(order), mpmath.mpf(k)
        if k == 0:
            values.append(-v * mpmath.log(2) - mpmath.loggamma(v + 1))
        else:
            values.append(mpmath.log(mpmath.besseli(v, x)) - v * mpmath.log(x))
    cases.append({"order": order, "concentrations": ks, "values": [float(v) for v in values]})
with open("bessel.json", "w") as fp:
    json.dump(cases, fp, indent=1)
    fp.write("\n")
