#!/usr/bin/env python3
"""Pools trials of augmentations (`vitrine augmentation`) on several sets of pictures; needs numpy.

    Scripts/pool_trials.py --arm hide:cf-cam --others plain,hide:cf-cam:moved SET1/labels.csv=TRIAL1 SET2/labels.csv=TRIAL2

Of each picture the share of draws in which an arm is right, first less second; means over the pictures of each
set, and the mean of the sets, each weighted alike. Intervals by draws of groups within sets (10,000, percentiles),
probabilities by flips of the signs of groups (100,000), after Holm for the number of others. Only draws whose
folds are complete in every set count.
"""

import argparse
import csv
import json
import pathlib

import numpy


def read(labels, folder):
    rows = list(csv.DictReader(open(labels)))
    names = sorted({row["class"] for row in rows})
    classes = numpy.array([names.index(row["class"]) for row in rows])
    groups = [row.get("group") or row["file"] for row in rows]
    places = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    runs = [json.load(open(path)) for path in sorted(pathlib.Path(folder).glob("run-*.json"))]
    return classes, numpy.array([places[group] for group in groups]), runs


def complete(runs, folds):
    draws = sorted({run["draw"] for run in runs})
    return {draw for draw in draws if sum(run["draw"] == draw for run in runs) == folds}


def shares(arm, classes, runs):
    right, count = numpy.zeros(len(classes)), numpy.zeros(len(classes))
    for run in runs:
        test = numpy.array(run["test"])
        right[test] += numpy.array(run["predicted"][arm]) == classes[test]
        count[test] += 1
    return right / numpy.maximum(count, 1)




def holm(values):
    order, largest, result = numpy.argsort(values), 0.0, [0.0] * len(values)
    for step, place in enumerate(order):
        largest = max(largest, (len(values) - step) * values[place])
        result[place] = min(1.0, largest)
    return result


def drawn(groups, sizes, draw, count=10_000):
    """Means over pictures of draws of groups."""
    means = []
    for _ in range(count):
        which = draw.integers(len(groups), size=len(groups))
        means.append(groups[which].sum() / sizes[which].sum())
    return numpy.array(means)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--arm", required=True)
    parser.add_argument("--others", required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("sets", nargs="+")
    options = parser.parse_args()
    data = [read(*text.rsplit("=", 1)) for text in options.sets]
    draws = set.intersection(*(complete(runs, options.folds) for _, _, runs in data))
    print(f"{len(draws)} complete draws")
    data = [(c, g, [run for run in runs if run["draw"] in draws]) for c, g, runs in data]
    rows, probabilities = [], []
    for other in options.others.split(","):
        draw = numpy.random.default_rng(1)
        texts, pooled, means, all_sums = [], [], [], []
        for classes, groups, runs in data:
            values = shares(options.arm, classes, runs) - shares(other, classes, runs)
            total, sizes = numpy.bincount(groups, values), numpy.bincount(groups)
            means.append(values.mean())
            bounds = drawn(total, sizes, draw)
            pooled.append(bounds)
            all_sums.append(total / len(values))
            low, high = numpy.percentile(bounds, [2.5, 97.5])
            texts.append(f"{100 * values.mean():+.2f} ({100 * low:+.2f} to {100 * high:+.2f})")
        low, high = numpy.percentile(numpy.mean(pooled, 0), [2.5, 97.5])
        joined = numpy.concatenate(all_sums)
        joined = joined[joined != 0]
        observed, reached, flips = abs(joined.sum()), 1, 100_000
        for _ in range(flips // 1000):
            signs = draw.integers(2, size=(1000, len(joined))) * 2 - 1
            reached += int((abs(signs @ joined) >= observed * (1 - 1e-12)).sum())
        probabilities.append(reached / (flips + 1))
        texts.append(f"{100 * numpy.mean(means):+.2f} ({100 * low:+.2f} to {100 * high:+.2f})")
        rows.append((other, texts))
    for (other, texts), own, adjusted in zip(rows, probabilities, holm(probabilities)):
        print(f"{options.arm} - {other}: {' | '.join(texts)} | p {own:.3g}, after Holm {adjusted:.3g}")


main()
