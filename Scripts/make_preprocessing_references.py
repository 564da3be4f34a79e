"""Prints the arrays of Tests/SpectralDataTests/PreprocessingReferences.swift.

Needs: pip install numpy scipy scikit-learn chemotools pybaselines
The numbers in the file were made with numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1,
chemotools 0.5.0 and pybaselines 1.2.1.
"""

import numpy as np
from chemotools.scatter import MultiplicativeScatterCorrection, StandardNormalVariate
from pybaselines import Baseline
from scipy.signal import savgol_filter
from sklearn.preprocessing import StandardScaler, normalize

POINTS = 25


def spectra():
    x = np.arange(POINTS)
    rows = []
    for k in range(4):
        peaks = (1 + 0.3 * k) * np.exp(-((x - 7) ** 2) / 6) + (2 - 0.4 * k) * np.exp(-((x - 16) ** 2) / 10)
        base = 0.5 + 0.05 * k * x + 0.002 * (x - 12) ** 2
        ripple = 0.02 * np.sin(1.7 * x * (k + 1) + k)
        rows.append(np.round(peaks + base + ripple, 4))
    return np.array(rows).astype(np.float32).astype(np.float64)


def despiked(row, threshold, reach):
    steps = np.diff(row)
    deviation = steps - np.median(steps)
    score = 0.6745 * deviation / np.median(np.abs(deviation))
    spike = np.zeros(len(row), bool)
    spike[:-1] |= np.abs(score) > threshold
    spike[1:] |= np.abs(score) > threshold
    result = row.copy()
    for i in np.flatnonzero(spike):
        window = np.arange(max(0, i - reach), min(len(row), i + reach + 1))
        sound = window[~spike[window]]
        if len(sound):
            result[i] = row[sound].mean()
    return result


def show(name, rows, kind="Float"):
    print(f"  static let {name}: [[{kind}]] = [")
    for row in np.atleast_2d(rows):
        words = [np.format_float_positional(np.float32(v), trim="0") for v in row]
        lines, line = [], "     "
        for word in words:
            if len(line) + len(word) + 2 > 98:
                lines.append(line)
                line = "     "
            line += f" {word},"
        lines.append(line)
        print("    [")
        print("\n".join(lines))
        print("    ],")
    print("  ]\n")


rows = spectra()
x = np.arange(POINTS, dtype=float)
one = rows[3]
show("spectra", rows)
show("snv", StandardNormalVariate().fit_transform(rows))
show("msc", MultiplicativeScatterCorrection(method="mean").fit(rows).transform(rows))
show("vectorNorm", normalize(rows, "l2"))
show("areaNorm", normalize(rows, "l1"))
show("minMax", (rows - rows.min(1, keepdims=True)) / np.ptp(rows, axis=1, keepdims=True))
show("smoothed", savgol_filter(rows, 7, 2, mode="interp"))
show("firstDerivative", savgol_filter(rows, 11, 3, deriv=1, delta=2.5, mode="interp"))
show("secondDerivative", savgol_filter(rows, 5, 4, deriv=2, mode="interp"))
fitter = Baseline(x_data=x)
show("asymmetricLeastSquares", [r - fitter.asls(r, lam=1e3, p=0.01, max_iter=50, tol=1e-3)[0] for r in rows])
show("polynomial", [r - fitter.modpoly(r, poly_order=3, tol=1e-3, max_iter=250)[0] for r in rows])
show("detrended", [r - np.polyval(np.polyfit(x, r, 2), x) for r in rows])
show("rubberBand", [r - fitter.rubberband(r)[0] for r in rows])
show("meanCentered", StandardScaler(with_std=False).fit_transform(rows))
show("autoscaledPopulation", StandardScaler().fit_transform(rows))
show("autoscaledSample", (rows - rows.mean(0)) / rows.std(0, ddof=1))
target = np.linspace(1.5, 22.25, 9)
show("resampled", [np.interp(target, x, r) for r in rows])
spiked = rows.copy()
spiked[0, 12] += 40
spiked[1, 3:5] += 25
spiked[3, 24] -= 30
show("spiked", spiked)
show("despiked", [despiked(r, 8, 3) for r in spiked.astype(np.float32).astype(np.float64)])
