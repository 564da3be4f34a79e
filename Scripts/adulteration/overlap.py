"""How much of the evidence lies where pure substances differ: overlap.py FOLDER/pure.csv STUDY A B

Takes the columns of maps.csv in the folder of a study, and two oils of `make.py`, both prepared by standard
normal variates. Prints, for the network and for PLS, the share of the evidence on the tenth of the axis where
the two oils differ most, the same for the evidence moved round the axis (chance: mean and largest of 20 in
100), and how often chance reaches as much.
"""

import argparse
import csv
from pathlib import Path

import numpy

PART = 0.1


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pure", type=Path)
    parser.add_argument("study", type=Path)
    parser.add_argument("first")
    parser.add_argument("second")
    options = parser.parse_args()
    pure = oils(options.pure)
    difference = pure[options.first] - pure[options.second]
    for name, column in table(options.study / "maps.csv").items():
        if name.endswith(("network map", "pls distinction")):
            evidence = numpy.array(column, float)
            found = overlap(evidence, difference)
            correlation = numpy.corrcoef(evidence, difference)[0, 1]
            texts = [f"{value:.3f}" for value in (*found, correlation)]
            print(name, *texts)


if __name__ == "__main__":
    main()
