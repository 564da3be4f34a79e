"""How long methods take beside captum, the released code of RISE and grad-cam, in turn.

    python peers_methods.py DIRECTORY --vitrine PATH/vitrine-bench [--network resnet50] [--json FILE]

Starting programs, reading files and compiling is left out on both sides. Every round measures one side,
then the other, the first of them in turn; ratios are of medians and, in brackets, of the least times, by
the clock and by the time of processors. torch is given the size of batches and the layout of memory that a
trial found fastest; its numbers are 32-bit unless it is said otherwise. Both sides make the same map, which
is checked. `resnet50` stands in DIRECTORY with its input, as `make_models.py` wrote it.
"""

import json
import statistics
import warnings

import peers
from peers import NETWORK, Vitrine
from peers_speed import ratios, timed

LAST = "/_swish_1/Clip_output_0"


def comparisons(options):
    """(what, the other program's work, Vitrine's method, whether at the layer, whether maps are the
    same, ratio asked for, the same in 16 bits)"""
    gradients = "integrated-gradients:steps=50:gap=100:baseline=zero"
    rise = f"rise:masks={options.masks}:cells=8:baseline=none:normalization=expected"
    ablation = "ablation-cam:division=score"
    channels = options.channels or "all"
    return [
        (
            "integrated gradients, 50 steps (captum)",
            lambda other: other.gradients(), gradients, False, True, 1.7, None,
        ),
        (
            f"RISE, {options.masks} masks",
            lambda other: other.known_rise(), rise, False, True, 2, 4,
        ),
        (
            "… torch makes its masks too",
            lambda other: other.rise(), rise, False, False, None, None,
        ),
        (
            "… torch with autocast to bfloat16",
            lambda other: other.known_rise(short=True), rise, False, True, None, None,
        ),
        (
            f"Ablation-CAM, {channels} channels (grad-cam), all (Vitrine)",
            lambda other: other.ablation(), ablation, True, channels == "all", 20, None,
        ),
    ]  # fmt: skip


def agreement(one, other):
    """The largest difference of two maps as a share of the largest value, and their correlation."""
    import numpy

    share = abs(one - other).max() / abs(one).max()
    return f"{share:.1e}, r {numpy.corrcoef(one.ravel(), other.ravel())[0, 1]:.6f}"


def measure(comparison, other, sides, options):
    """Milliseconds by side, each time by the clock and of processors, and how far maps agree."""
    import numpy

    _, work, method, at_layer, same, *_ = comparison
    layer = other.layer if at_layer else "input"
    times, agreed = {name: [] for name in ("other", *sides)}, {}
    known = work(other)  # warms torch up, and chooses what is fastest
    for name, side in sides.items():
        side.request(f"write map.npz {method} {layer}")
        with numpy.load(options.directory / "map.npz") as archive:
            agreed[name] = agreement(known, archive["map"]) if same else "–"

    def own_side(side):
        answer = side.request(f"explain {method} {layer}")
        return answer["milliseconds"], answer["processor"]

    works = [("other", lambda: timed(lambda: work(other)))]
    works += [(name, lambda side=side: own_side(side)) for name, side in sides.items()]
    for index in range(options.rounds):
        for name, one in works if index % 2 else reversed(works):
            times[name].append(one())
    return times, agreed


def print_row(comparison, times, agreed):
    title, *_, goal, short_goal = comparison
    for name, goal in zip(("float32", "bfloat16"), (goal, short_goal)):
        clock, ratio, least = ratios(times, name, 0)
        processor, processor_ratio, processor_least = ratios(times, name, 1)
        verdict = "–" if not goal else f"{goal} {'met' if ratio >= goal else 'MISSED'}"
        cells = [
            title, name, f"{clock[0]:.0f}", f"{clock[1]:.0f}", f"{ratio:.2f} ({least:.2f})",
            f"{processor_ratio:.2f} ({processor_least:.2f})", agreed[name], verdict,
        ]  # fmt: skip
        print("| " + " | ".join(cells) + " |", flush=True)


def subject(options):
    """The name of the network's file, its torch module, the picture's file and the last stage."""
    import numpy

    if options.network == "resnet50":
        import torch_networks

        picture = numpy.load(options.directory / "resnet50-input.npy")[0]
        numpy.savez(options.directory / "resnet50-picture.npz", picture=picture)
        network = torch_networks.load("resnet50", options.directory).requires_grad_(False)
        return "resnet50.onnx", network, "resnet50-picture.npz", "layer4"
    peers.write_network(options.directory)
    picture = peers.prepared(peers.EXAMPLES / "pictures" / "chelsea.png")
    numpy.savez(options.directory / "chelsea-picture.npz", picture=picture)
    return NETWORK, peers.torch_network(options.directory), "chelsea-picture.npz", LAST


def compare(options):
    import methods_torch
    import numpy

    name, network, file, layer = subject(options)

    with numpy.load(options.directory / file) as archive:
        other = methods_torch.Peers(network, archive["picture"], layer, options)
    sides = {
        "float32": Vitrine(options, file, network=name, command="methods"),
        "bfloat16": Vitrine(options, file, "--bfloat16", network=name, command="methods"),
    }
    report = {}
    print("| | Vitrine in | other ms | Vitrine ms | ratio | of processors | maps differ by | goal |")
    print("| --- | --- | --: | --: | --: | --: | --- | --- |")
    for comparison in comparisons(options):
        if any(part in comparison[0] for part in options.only.split(",")):
            times, agreed = measure(comparison, other, sides, options)
            report[comparison[0]] = {"times": times, "agreement": agreed}
            print_row(comparison, times, agreed)
    for side in sides.values():
        side.quit()
    for program, (layout, batch) in other.chosen.items():
        print(f"{program}: batches of {batch}, {layout}")
    return report


def main():
    parser = peers.arguments(__doc__)
    parser.add_argument("--network", choices=["efficientnet-lite0", "resnet50"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--masks", type=int, default=1000, help="how many masks of RISE")
    parser.add_argument("--channels", type=int, help="how many channels grad-cam takes; or all")
    parser.add_argument("--only", default="", help="parts of titles of rows, with commas")
    parser.add_argument("--json", help="also write every time to this file")
    options = parser.parse_args()
    peers.skip_without_peers()
    import torch

    warnings.filterwarnings("ignore")
    torch.set_num_threads(options.threads)
    options.directory.mkdir(parents=True, exist_ok=True)
    print(f"{options.rounds} rounds, {options.threads} threads; medians (least)\n")
    report = compare(options)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
