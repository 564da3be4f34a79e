"""How long metrics take beside torch-cam, grad-cam and code that masks anew for every map, in turn.

    python peers_speed.py DIRECTORY --vitrine PATH/vitrine-bench [--network resnet50] [--json FILE]

Starting programs, reading files and making maps is left out on both sides. Every round measures one side,
then the other, the first of them in turn; ratios are of medians and, in brackets, of the least times, by
the clock and by the time of processors. Other programs' numbers are 32-bit unless it is said otherwise.
`resnet50` stands in DIRECTORY with its input, as `make_models.py` wrote it.
"""

import json
import statistics
import time
import warnings

import peers
import peers_equal
from peers import NETWORK, SIDE, KnownMaps, Vitrine

CURVES = "deletion:fill=zero insertion:fill=zero"
MAPS = 10


class Peers:
    """What other programs do, on one picture with its maps."""

    def __init__(self, network, picture, maps):
        import copy

        import torch

        self.network = network
        # Twice as fast on processors, for those who know.
        self.channels_last = copy.deepcopy(network).to(memory_format=torch.channels_last)
        self.picture = torch.from_numpy(picture)[None]
        self.maps = maps
        self.ranks = peers.ranks(maps)
        with torch.inference_mode():
            self.label = int(network(self.picture).argmax())

    def curves(self, count, batch=32, network=None):
        """torch-cam's deletion and insertion of so many maps in one call; 32 inputs each."""
        import torch
        from torchcam.metrics import DeletionInsertionMetric

        extractor = KnownMaps(network or self.network)
        extractor.maps = torch.from_numpy(self.maps[:count])
        metric = DeletionInsertionMetric(
            extractor, lambda logits: logits.float().softmax(-1), steps=16, batch_size=batch
        )
        metric.update(self.picture.expand(count, -1, -1, -1), self.label)
        return metric.summary()

    def best_curves(self, count):
        """The same in small batches and with the channels of a position beside each other."""
        return self.curves(count, 8, self.channels_last)

    def short_curves(self, count):
        """The same with 16-bit convolutions, as torch chooses them."""
        import torch

        with torch.autocast("cpu", torch.bfloat16):
            return self.curves(count)

    def road(self):
        """grad-cam's combined ROAD at four shares: 8 masked inputs, and the whole one as often."""
        from pytorch_grad_cam.metrics.road import ROADCombined

        target = [lambda logits: logits.softmax(-1)[self.label]]
        metric = ROADCombined(percentiles=[20, 40, 60, 80])
        return metric(self.picture, self.ranks[:1], target, self.network)

    def infill(self):
        """The 8 masked inputs of ROAD alone."""
        import torch
        from pytorch_grad_cam.metrics import road

        one = torch.from_numpy(self.ranks[0])
        for kind in (road.RemoveMostRelevantFirst, road.RemoveLeastRelevantFirst):
            for percentile in (20, 40, 60, 80):
                kind(percentile, road.NoisyLinearImputer())(self.picture[0], one)

    def fidelity(self):
        """μ-fidelity as xplique is described to work: subsets are masked and scored for each map anew."""
        return [self.fidelity_of(one) for one in self.maps]

    def fidelity_of(self, one):
        import numpy
        import torch
        from scipy import stats

        random = numpy.random.default_rng(12)
        grids = numpy.ones((100, 81), numpy.float32)
        for grid in grids:
            grid[random.permutation(81)[:16]] = 0
        kept = torch.nn.functional.interpolate(
            torch.from_numpy(grids).reshape(100, 1, 9, 9), (SIDE, SIDE), mode="nearest"
        )
        with torch.inference_mode():
            parts = [self.network(self.picture * part) for part in kept.split(32)]
            scores = torch.cat(parts).softmax(-1)[:, self.label].numpy()
            whole = self.network(self.picture).softmax(-1)[0, self.label].item()
        sums = (1 - kept.numpy().reshape(100, -1)) @ one.reshape(-1)
        return stats.spearmanr(sums, whole - scores).statistic


# (what, the other program, its inputs, Vitrine's request, ratio asked for, the same in 16 bits)
COMPARISONS = [
    (
        "deletion + insertion, 1 map (torch-cam)",
        lambda other: other.curves(1), 32, f"measure 1 {CURVES}", 2, 5,
    ),
    (
        "… torch-cam in batches of 8, channels last",
        lambda other: other.best_curves(1), 32, f"measure 1 {CURVES}", None, None,
    ),
    (
        "… torch-cam with autocast to bfloat16",
        lambda other: other.short_curves(1), 32, f"measure 1 {CURVES}", None, None,
    ),
    (
        "deletion + insertion, 10 maps of one picture (torch-cam)",
        lambda other: other.curves(MAPS), 320, f"measure {MAPS} {CURVES}", 3, 7,
    ),
    (
        "… 10 maps, torch-cam in batches of 8, channels last",
        lambda other: other.best_curves(MAPS), 320, f"measure {MAPS} {CURVES}", None, None,
    ),
    ("ROAD at four shares (grad-cam)", lambda other: other.road(), 16, "measure 1 road", 20, None),
    ("… its masked inputs alone", lambda other: other.infill(), 8, "compose 1 road", None, None),
    (
        "μ-fidelity, 10 maps (anew for each map)",
        lambda other: other.fidelity(), 1010, f"measure {MAPS} mu-fidelity:fill=zero", 8, None,
    ),
]  # fmt: skip


def timed(work):
    """Milliseconds by the clock and of processors."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return 1e3 * (time.perf_counter() - clock), 1e3 * (time.process_time() - processor)


def measure(comparison, other, sides, options):
    """Milliseconds by side, each time by the clock and of processors, and Vitrine's inputs."""
    _, work, _, request, _, _ = comparison
    times = {name: [] for name in ("other", *sides)}
    rows = 0

    def other_side():
        return timed(lambda: work(other))

    def own_side(side):
        nonlocal rows
        answer = side.request(request)
        rows = answer["rows"]
        return answer["milliseconds"], answer["processor"]

    works = [("other", other_side)]
    works += [(name, lambda side=side: own_side(side)) for name, side in sides.items()]
    # What stands first in the table has warmed torch up for the rows with many maps.
    for name, one in works[request.split()[1] == str(MAPS) :]:
        one()
    for index in range(options.rounds):
        for name, one in works if index % 2 else reversed(works):
            times[name].append(one())
    return times, rows


def ratios(times, name, which):
    """Of medians and of the least times; `which` is 0 for the clock, 1 for processors."""
    columns = [[found[which] for found in times[side]] for side in ("other", name)]
    medians, least = ([pick(one) for one in columns] for pick in (statistics.median, min))
    return medians, medians[0] / medians[1], least[0] / least[1]


def print_row(comparison, times, rows):
    title, _, other_rows, _, *goals = comparison
    for name, goal in zip(("float32", "bfloat16"), goals):
        clock, ratio, least = ratios(times, name, 0)
        processor, processor_ratio, processor_least = ratios(times, name, 1)
        verdict = "–" if not goal else f"{goal} {'met' if ratio >= goal else 'MISSED'}"
        cells = [
            title, name, f"{other_rows}/{rows}", f"{clock[0]:.0f}", f"{clock[1]:.0f}",
            f"{ratio:.2f} ({least:.2f})", f"{processor_ratio:.2f} ({processor_least:.2f})", verdict,
        ]  # fmt: skip
        print("| " + " | ".join(cells) + " |", flush=True)


def compare_speed(options, network, name, file):
    import numpy

    with numpy.load(options.directory / f"{file}-ranks.npz") as archive:
        other = Peers(network, archive["picture"], archive["maps"])
    sides = {
        "float32": Vitrine(options, f"{file}-ranks.npz", network=name),
        "bfloat16": Vitrine(options, f"{file}-ranks.npz", "--bfloat16", network=name),
    }
    report = {}
    print("| | Vitrine in | inputs | other ms | Vitrine ms | ratio | of processors | goal |")
    print("| --- | --- | --: | --: | --: | --: | --: | --- |")
    for comparison in COMPARISONS:
        if any(part in comparison[0] for part in options.only.split(",")):
            times, rows = measure(comparison, other, sides, options)
            report.setdefault(comparison[0], []).append(times)
            print_row(comparison, times, rows)
    for side in sides.values():
        side.quit()
    return report


def compare_rankings(options, pictures):
    """Whether 16-bit numbers rank maps as 32-bit ones do, by the means of all pictures."""
    import numpy
    from scipy import stats

    values = {"float32": [], "bfloat16": []}
    for picture in pictures:
        for name, more in (("float32", []), ("bfloat16", ["--bfloat16"])):
            side = Vitrine(options, f"{picture}.npz", *more)
            found = side.request(f"measure {MAPS} {CURVES}")["values"]
            values[name].append([found[metric] for metric in CURVES.split()])
            side.quit()
    full, short = (numpy.array(values[name]) for name in ("float32", "bfloat16"))
    print("\n| ranking of 10 maps in bfloat16 | means alike | largest difference | least τ |")
    print("| --- | --- | --: | --: |")
    for index, metric in enumerate(("deletion", "insertion")):
        one, other = full[:, index], short[:, index]
        same = (one.mean(0).argsort() == other.mean(0).argsort()).all()
        agreement = min(stats.kendalltau(*pair).statistic for pair in zip(one, other))
        print(f"| {metric} | {same} | {abs(one - other).max():.4f} | {agreement:.2f} |")


def resnet50(options):
    """The network of the other benchmarks and one of its inputs, with maps at two layers."""
    import subprocess

    import numpy
    import torch_networks

    picture = numpy.load(options.directory / "resnet50-input.npy")[0]
    file = options.directory / "resnet50-picture.npz"
    numpy.savez(file, picture=picture)
    words = ["maps", "resnet50.onnx", file.name, "maps.npz", peers.METHODS, "layer2,layer4"]
    command = [options.vitrine, *words, "--data", str(options.directory)]
    subprocess.run(command, check=True, stdout=subprocess.PIPE)
    with numpy.load(options.directory / "maps.npz") as archive:
        maps = peers.ranks(archive["maps"])
    numpy.savez(options.directory / "resnet50-ranks.npz", picture=picture, maps=maps)
    network = torch_networks.load("resnet50", options.directory)
    return network.requires_grad_(False)


def main():
    parser = peers.arguments(__doc__)
    parser.add_argument("--network", choices=["efficientnet-lite0", "resnet50"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="parts of titles of rows, with commas")
    parser.add_argument("--json", help="also write every time to this file")
    options = parser.parse_args()
    peers.skip_without_peers()
    import torch

    warnings.filterwarnings("ignore")
    torch.set_num_threads(options.threads)
    options.directory.mkdir(parents=True, exist_ok=True)
    print(f"{options.rounds} rounds, {options.threads} threads; medians (least)\n")
    if options.network == "resnet50":
        report = compare_speed(options, resnet50(options), "resnet50.onnx", "resnet50")
    else:
        peers.write_network(options.directory)
        some = ["chelsea"] if options.only else None
        pictures = peers.write_pictures(options, peers_equal.LAYERS, some)
        network = peers.torch_network(options.directory)
        report = compare_speed(options, network, NETWORK, "chelsea")
        if not options.only:
            compare_rankings(options, pictures)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
