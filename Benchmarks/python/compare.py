"""Measures PyTorch and Vitrine in turn and prints medians, ratios and peak memory.

    python compare.py DIRECTORY --python TORCH_PYTHON --vitrine PATH/vitrine-bench

With `--before PATH`, the program of an earlier build stands in PyTorch's place: a ratio below 0.97
is a row that became slower by more than 3 %.

Both sides run as processes that speak the line protocol of `torch_side.py`, with the same threads
and the inputs of DIRECTORY (see `make_models.py`); each round measures one, then the other, so that
a slow moment of the machine hits both. Needs the standard library only; says so and ends with
success when torch is missing.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

# (what, PyTorch's measurement, Vitrine's measurement, least ratio that is asked for or None)
COMPARISONS = [
    ("ResNet-50 forward, batch 1", "resnet50-forward-1", None, 1.8),
    ("ResNet-50 forward, batch 8", "resnet50-forward-8", None, 1.8),
    ("Grad-CAM layer4, batch 1", "resnet50-grad-cam-layer4-1", None, 6),
    ("Grad-CAM layer4, batch 8", "resnet50-grad-cam-layer4-8", None, 6),
    ("Grad-CAM layer2, batch 1", "resnet50-grad-cam-layer2-1", None, 3.5),
    ("Grad-CAM layer2, batch 8", "resnet50-grad-cam-layer2-8", None, 3.5),
    ("Relevance-CAM layer4, batch 1", "resnet50-relevance-cam-layer4-1", None, None),
    (
        "… plain contrast, as PyTorch's",
        "resnet50-relevance-cam-layer4-1",
        "resnet50-relevance-cam-plain-layer4-1",
        None,
    ),
    ("Relevance-CAM layer2, batch 1", "resnet50-relevance-cam-layer2-1", None, None),
    (
        "… plain contrast, as PyTorch's",
        "resnet50-relevance-cam-layer2-1",
        "resnet50-relevance-cam-plain-layer2-1",
        None,
    ),
    ("Relevance-CAM layer2, batch 8", "resnet50-relevance-cam-layer2-8", None, None),
    (
        "… plain contrast, as PyTorch's",
        "resnet50-relevance-cam-layer2-8",
        "resnet50-relevance-cam-plain-layer2-8",
        None,
    ),
    ("LRP at the input, batch 1 (zennit)", "resnet50-lrp-1", None, 4),
    ("LRP at the input, batch 8 (zennit)", "resnet50-lrp-8", None, 4),
    ("Score-CAM layer4, 128 of 2,048 channels", "resnet50-score-cam-layer4-1", None, 2.2),
    ("… bfloat16", "resnet50-score-cam-layer4-1", "resnet50-score-cam-layer4-1-bfloat16", 3.5),
    ("1-D forward, 256 spectra", "resnet1d-forward-256", None, None),
    ("1-D Grad-CAM, batch of 256", "resnet1d-grad-cam-256", None, 5),
    ("… nothing recorded below", "resnet1d-grad-cam-lean-256", "resnet1d-grad-cam-256", None),
    ("… PyTorch one by one", "resnet1d-grad-cam-each-256", "resnet1d-grad-cam-256", 4),
]
MEMORY = [
    "resnet50-grad-cam-layer4-1",
    "resnet50-grad-cam-layer2-1",
    "resnet50-relevance-cam-layer4-1",
    "resnet50-relevance-cam-layer2-1",
    "resnet50-lrp-1",
    "resnet50-score-cam-layer4-1",
    "resnet1d-grad-cam-256",
]
# (what Vitrine computes, how many forward passes it may cost or None)
COSTS = [
    ("relevance-cam-layer4", 3),
    ("relevance-cam-layer2", 3),
    ("relevance-cam-layer1", 3),
    ("relevance-cam-plain-layer2", 3),
    ("relevance-map-layer2", 3),
    ("lrp", None),
]


class Side:
    """One process of the comparison."""

    def __init__(self, name, command, threads):
        self.name = name
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def ask(self, request):
        try:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise SystemExit(f"{self.name} ended before '{request}'") from None
        answer = self.process.stdout.readline().strip()
        if not answer or answer.startswith("error"):
            raise SystemExit(f"{self.name}, asked '{request}': {answer or 'ended'}")
        return answer

    def run(self, name):
        return float(self.ask("run " + name))

    def quit(self):
        """Ends the process; its peak memory in MB."""
        self.process.stdin.write("quit\n")
        self.process.stdin.close()
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1 if sys.platform == "darwin" else 1024
        return usage.ru_maxrss * unit / 1e6


def sides(options):
    """What starts each side: name to command. Either may be absent."""
    here = pathlib.Path(__file__).parent
    threads = ["--threads", str(options.threads)]
    torch = [options.python, str(here / "torch_side.py")]
    data = ["--data", str(options.directory)]
    commands = {}
    if options.before:
        commands["Before"] = [options.before, "serve", *data, *threads]
    elif subprocess.run([*torch, "--check"], capture_output=True).returncode == 0:
        commands["PyTorch"] = [*torch, str(options.directory), *threads, "--serve"]
    if options.vitrine:
        commands["Vitrine"] = [options.vitrine, "serve", *data, *threads]
    return commands


def measure(commands, comparison, options):
    """Milliseconds per side of one comparison, in turn."""
    _, torch_name, vitrine_name, _ = comparison
    own_name = vitrine_name or torch_name
    names = {"PyTorch": torch_name, "Before": own_name, "Vitrine": own_name}
    running = {side: Side(side, command, options.threads) for side, command in commands.items()}
    times = {side: [] for side in running}
    for round_index in range(options.warmup + options.rounds):
        # Who goes first alternates, so that neither always finds the other's cache.
        for side, process in sorted(running.items(), reverse=round_index % 2 == 1):
            milliseconds = process.run(names[side])
            if round_index >= options.warmup:
                times[side].append(milliseconds)
    for process in running.values():
        process.quit()
    return times


def measure_memory(commands, name, options):
    """Peak MB per side of a process that does nothing but `name`, twice."""
    peaks = {}
    for side, command in commands.items():
        process = Side(side, command, options.threads)
        process.run(name)
        process.run(name)
        peaks[side] = process.quit()
    return peaks


def row(title, times, goal, other):
    medians = {side: statistics.median(values) for side, values in times.items()}
    cells = [f"{medians[side]:.1f}" if side in medians else "–" for side in (other, "Vitrine")]
    ratio = verdict = "–"
    if len(medians) == 2:
        value = medians[other] / medians["Vitrine"]
        least = min(times[other]) / min(times["Vitrine"])
        ratio = f"{value:.2f} ({least:.2f})"
        if goal:
            verdict = f"{goal} met" if value >= goal else f"{goal} MISSED"
    print("| " + " | ".join([title, *cells, ratio, verdict]) + " |", flush=True)
    return {"milliseconds": times, "medians": medians, "goal": goal}


def compared(options):
    """The comparisons: beside an earlier build, each of Vitrine's measurements once, without goals."""
    if not options.before:
        return COMPARISONS
    names = dict.fromkeys(own or torch_name for _, torch_name, own, _ in COMPARISONS)
    return [(name, name, None, None) for name in names if "lean" not in name and "each" not in name]


def measure_cost(command, name, suffix, options):
    """Vitrine's milliseconds of a forward pass and of a method, in turn in one process."""
    process = Side("Vitrine", command, options.threads)
    names = [f"resnet50-forward-{suffix}", f"resnet50-{name}-{suffix}"]
    times = [[], []]
    for round_index in range(options.warmup + options.rounds):
        for index, measurement in enumerate(names):
            milliseconds = process.run(measurement)
            if round_index >= options.warmup:
                times[index].append(milliseconds)
    process.quit()
    return times


def report_costs(command, options):
    """Prints what methods cost in forward passes, by batch and numbers."""
    print("\n| cost in forward passes | forward ms | ms | passes | goal |")
    print("| --- | --: | --: | --: | --- |")
    report = {}
    for name, goal in COSTS:
        if options.only not in f"resnet50-{name}-cost":
            continue
        for suffix in ("1", "8", "1-bfloat16", "8-bfloat16"):
            times = measure_cost(command, name, suffix, options)
            forward, own = map(statistics.median, times)
            least = min(times[1]) / min(times[0])
            verdict = "–" if not goal else f"{goal} {'met' if own / forward <= goal else 'MISSED'}"
            ratio = f"{own / forward:.2f} ({least:.2f})"
            title = f"{name}, batch {suffix}"
            print(f"| {title} | {forward:.1f} | {own:.1f} | {ratio} | {verdict} |", flush=True)
            report[title] = times
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--python", default=sys.executable, help="interpreter that has torch")
    parser.add_argument("--vitrine", help="the vitrine-bench program; without it PyTorch alone")
    parser.add_argument("--before", help="the vitrine-bench program of an earlier build")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--warmup", type=int, default=2)
    parser.add_argument("--only", default="", help="part of the PyTorch measurement's name")
    parser.add_argument("--json", type=pathlib.Path, help="also write every time to this file")
    options = parser.parse_args()
    commands = sides(options)
    other = "Before" if options.before else "PyTorch"
    if other not in commands:
        print(f"skipped: {options.python} lacks torch, grad-cam or onnx; see requirements.txt")
        return

    report = {"threads": options.threads, "times": {}, "peak_megabytes": {}}
    print(f"{options.rounds} rounds, {options.threads} threads, medians; in brackets the ratio of the least times\n")
    print(f"| | {other} ms | Vitrine ms | ratio | goal |\n| --- | --: | --: | --: | --- |")
    for comparison in compared(options):
        title, name, _, goal = comparison
        if options.only in name:
            times = measure(commands, comparison, options)
            report["times"][title] = row(title, times, goal, other)
    if "Vitrine" in commands and not options.before:
        report["forward_and_method"] = report_costs(commands["Vitrine"], options)
    print(f"\n| peak memory of a process | {other} MB | Vitrine MB |\n| --- | --: | --: |")
    for name in MEMORY:
        if options.only in name:
            peaks = measure_memory(commands, name, options)
            report["peak_megabytes"][name] = peaks
            cells = [f"{peaks[side]:.0f}" if side in peaks else "–" for side in (other, "Vitrine")]
            print("| " + " | ".join([name, *cells]) + " |", flush=True)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
