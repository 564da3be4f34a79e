"""How much of the evidence lies where pure substances differ: overlap.py FOLDER/pure.csv STUDY A B

Takes the columns of maps.csv in the folder of a study, and two oils of `make.py`, both prepared by standard
normal variates; `others` for B is the mean of all oils but A. Prints, for the network, for PLS and for each method
named by `--method`, the share of the evidence on the tenth of the axis where the two oils differ most, the same
for the evidence moved round the axis (chance: mean and largest of 20 in 100), how often chance reaches as much,
and the correlation of evidence and difference. Of a study of classes only the columns of A are taken.

The last line is a blind control: evidence at the input is a difference of spectra times something, so even a
network of smooth random numbers has much of it where spectra differ. Shares of such maps: mean and largest of
20 in 100.
"""

import argparse
import csv
from pathlib import Path

import numpy

PART = 0.1

# How many blind networks are made, and over how many points (standard deviation) they are smooth.
BLIND = 500
SMOOTHNESS = 5


def table(path: Path) -> dict[str, list[str]]:
    """The columns of a file by their names."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    return dict(zip(rows[0], zip(*rows[1:])))


def oils(path: Path) -> dict[str, numpy.ndarray]:
    """The pure spectra, as the models see them."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    spectra = {row[0]: numpy.array(row[1:], float) for row in rows}
    return {name: (row - row.mean()) / row.std() for name, row in spectra.items()}


def share(evidence: numpy.ndarray, where: numpy.ndarray) -> float:
    """The part of the evidence, by magnitude, at some points."""
    return abs(evidence[where]).sum() / abs(evidence).sum()


def overlap(evidence: numpy.ndarray, difference: numpy.ndarray) -> list[float]:
    """The share, its mean and 95 % quantile by chance, and the probability of as much by chance."""
    where = abs(difference) >= numpy.quantile(abs(difference), 1 - PART)
    found = share(evidence, where)
    moved = [share(numpy.roll(evidence, n), where) for n in range(1, len(evidence))]
    reached = numpy.mean([other >= found for other in moved])
    return [found, numpy.mean(moved), numpy.quantile(moved, 0.95), reached]


def blind(difference: numpy.ndarray) -> list[float]:
    """The share of the difference times smooth random numbers: mean and 95 % quantile."""
    where = abs(difference) >= numpy.quantile(abs(difference), 1 - PART)
    random = numpy.random.default_rng(1)
    reach = 4 * SMOOTHNESS
    kernel = numpy.exp(-((numpy.arange(-reach, reach + 1) / SMOOTHNESS) ** 2) / 2)
    shares = []
    for _ in range(BLIND):
        numbers = random.standard_normal(len(difference) + 2 * reach)
        shares.append(share(difference * numpy.convolve(numbers, kernel, "valid"), where))
    return [numpy.mean(shares), numpy.quantile(shares, 0.95)]


def difference(pure: dict[str, numpy.ndarray], first: str, second: str) -> numpy.ndarray:
    """The first oil less the second, or less the mean of all others."""
    if second != "others":
        return pure[first] - pure[second]
    others = [row for name, row in pure.items() if name != first]
    return pure[first] - numpy.mean(others, axis=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pure", type=Path)
    parser.add_argument("study", type=Path)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("--method", action="append", default=[])
    options = parser.parse_args()
    expected = difference(oils(options.pure), options.first, options.second)
    columns = table(options.study / "maps.csv")
    own = [name for name in columns if name.startswith(options.first + ": ")]
    kinds = ("network map", "pls distinction", *(": " + method for method in options.method))
    for name in own or columns:
        if name.endswith(kinds):
            evidence = numpy.array(columns[name], float)
            found = overlap(evidence, expected)
            correlation = numpy.corrcoef(evidence, expected)[0, 1]
            texts = [f"{value:.3f}" for value in (*found, correlation)]
            print(name, *texts)
    print("blind control", *(f"{value:.3f}" for value in blind(expected)))


if __name__ == "__main__":
    main()
