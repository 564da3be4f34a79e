"""Mixes spectra of vegetable oils from those of triglycerides: make.py BIOMOLECULES.csv FOLDER

`BIOMOLECULES.csv` holds Raman spectra of pure substances, one a row (`id,component,...`, then one column
for each shift in cm-1). An oil is the sum of the triglycerides of its fatty acids; each bottle has a
composition of its own, and each spectrum noise, a background and an intensity of its own. Writes

- `oils.csv`: six oils, to be told apart;
- `adulteration.csv`: olive oil with soybean oil, to be measured;
- `control.csv`: olive oil with another olive oil, of which there is nothing to be measured;
- `pure.csv`: the spectra that the two are mixed of, without noise.
"""

import argparse
import csv
from pathlib import Path

import numpy

# Triglycerides of Czamara et al., J. Raman Spectrosc. 46 (2015) 4-20, by the acid they hold three times.
TRIGLYCERIDES = {
    "palmitic": "tripalmitin",
    "stearic": "tristearin",
    "oleic": "triolein",
    "linoleic": "trilinolein",
    "linolenic": "trilinolenin",
}
SOURCE = "https://doi.org/10.1002/jrs.4607"

# Typical shares of fatty acids in percent, within the ranges of Codex Alimentarius CXS 33 and 210.
OILS = {
    "olive": (12, 3, 75, 9, 1),
    "soybean": (11, 4, 23, 54, 8),
    "sunflower": (6, 4, 27, 62, 1),
    "rapeseed": (5, 2, 62, 21, 10),
    "palm": (44, 5, 40, 10, 1),
    "maize": (12, 2, 30, 55, 1),
}

# Relative deviation of a share between bottles, and what differs between spectra of one bottle.
BOTTLE = 0.05
INTENSITY = 0.05
BACKGROUND = 0.05
NOISE = 0.01

RATIOS = numpy.arange(0, 55, 5) / 100


def triglycerides(path: Path, step: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The axis, of which every so many shifts are kept, and one spectrum for each acid with the area of its
    CH2 bending band as unit."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    axis = numpy.array([float(text) for text in rows[0][5:]])
    band = (axis >= 1400) & (axis <= 1500)
    spectra = []
    for name in TRIGLYCERIDES.values():
        row = next(row for row in rows if row[1] == name and row[4] == SOURCE)
        spectrum = numpy.array([float(text) for text in row[5:]])
        spectrum -= spectrum.min()
        spectra.append(spectrum / spectrum[band].mean())
    return axis[::step], numpy.array(spectra)[:, ::step]


class Laboratory:
    """Fills bottles and measures them, with random numbers of its own."""

    def __init__(self, spectra: numpy.ndarray, seed: int) -> None:
        self.spectra = spectra
        self.random = numpy.random.default_rng(seed)

    def bottle(self, oil: str) -> numpy.ndarray:
        """The spectrum of a bottle of an oil, without noise."""
        shares = numpy.array(OILS[oil], float)
        shares *= 1 + BOTTLE * self.random.standard_normal(len(shares))
        return (shares / shares.sum()) @ self.spectra

    def measured(self, spectrum: numpy.ndarray) -> numpy.ndarray:
        """One measurement: intensity, a bent background, and noise that grows with the light."""
        x = numpy.linspace(-1, 1, len(spectrum))
        bent = self.random.standard_normal(3) @ numpy.array([x**0, x, x**2])
        light = spectrum * (1 + INTENSITY * self.random.standard_normal())
        noise = numpy.sqrt(0.1 + light.clip(0)) * self.random.standard_normal(len(x))
        return light + BACKGROUND * bent + NOISE * noise


def write(path: Path, axis: numpy.ndarray, names: list[str], rows: list[list]) -> None:
    """A table with columns of facts before the spectra."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*names, *(f"{place:g}" for place in axis)])
        for facts, spectrum in rows:
            writer.writerow([*facts, *(f"{value:.5f}" for value in spectrum)])


def identification(laboratory: Laboratory) -> list[list]:
    """Twelve bottles of each oil, each measured three times."""
    rows = []
    for oil in OILS:
        for number in range(12):
            bottle = laboratory.bottle(oil)
            facts = [oil, f"{oil} {number + 1}"]
            rows += [[facts, laboratory.measured(bottle)] for _ in range(3)]
    return rows


def mixtures(laboratory: Laboratory, oil: str, other: str) -> list[list]:
    """Ten pairs of bottles, each mixed at all ratios and measured twice."""
    rows = []
    for number in range(10):
        pure, added = laboratory.bottle(oil), laboratory.bottle(other)
        for ratio in RATIOS:
            mixed = (1 - ratio) * pure + ratio * added
            facts = [f"{100 * ratio:g}", f"pair {number + 1}"]
            rows += [[facts, laboratory.measured(mixed)] for _ in range(2)]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("biomolecules", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    # 2 cm-1 are enough for bands of 10 cm-1.
    parser.add_argument("--step", type=int, default=2, help="cm-1 between two points")
    options = parser.parse_args()
    axis, spectra = triglycerides(options.biomolecules, options.step)
    laboratory = Laboratory(spectra, options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    facts = ["label", "bottle"]
    write(options.folder / "oils.csv", axis, facts, identification(laboratory))
    facts = ["adulterant_pct", "pair"]
    for name, other in (("adulteration", "soybean"), ("control", "olive")):
        rows = mixtures(laboratory, "olive", other)
        write(options.folder / f"{name}.csv", axis, facts, rows)
    pure = [[[oil], numpy.array(OILS[oil]) / 100 @ spectra] for oil in OILS]
    write(options.folder / "pure.csv", axis, ["oil"], pure)


if __name__ == "__main__":
    main()
