"""How long an epoch takes that trains the last stages of a network on pictures, beside PyTorch, in turn.

    python compare_picture_training.py PICTURES --from NETWORK.onnx --vitrine PATH/vitrine

PyTorch trains the same layers of the same file (read by onnx2torch) with the same batches in two ways: with the
activations below computed once and kept in memory, and as most scripts do it, with frozen layers
computed in every epoch (prepared pictures are in memory; decoding is left out). Ratios are of medians.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import onnx
import torch
from onnx2torch import convert


def with_own_weights(model):
    """The model with 32-bit weights where nodes only pass some on or widen them."""
    known = {weights.name: weights for weights in model.graph.initializer}
    for node in list(model.graph.node):
        if node.op_type in ("Identity", "Cast") and node.input[0] in known:
            values = onnx.numpy_helper.to_array(known[node.input[0]])
            if node.op_type == "Cast":
                values = values.astype("float32")
            model.graph.initializer.append(onnx.numpy_helper.from_array(values, node.output[0]))
            model.graph.node.remove(node)
    return model


def parts(path, cut, end):
    """The layers up to `cut`, and those from there to `end`, as modules."""
    with tempfile.TemporaryDirectory() as folder:
        below, above = f"{folder}/below.onnx", f"{folder}/above.onnx"
        model = with_own_weights(onnx.load(path))
        path = f"{folder}/whole.onnx"
        onnx.save(model, path)
        start = model.graph.input[0].name
        onnx.utils.extract_model(path, below, [start], [cut])
        onnx.utils.extract_model(path, above, [cut], [end])
        return convert(below), convert(above)


class Top(torch.nn.Module):
    def __init__(self, layers, channels, classes):
        super().__init__()
        self.layers = layers
        self.head = torch.nn.Linear(channels, classes)

    def forward(self, x):
        return self.head(self.layers(x).mean((2, 3)))


def epoch(top, optimizer, inputs, labels, batch, below=None):
    order = torch.randperm(len(labels))
    for start in range(0, len(labels), batch):
        rows = order[start : start + batch]
        x = inputs[rows]
        if below is not None:
            with torch.no_grad():
                x = below(x)
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(top(x), labels[rows])
        loss.backward()
        optimizer.step()


def own_seconds(options, epochs):
    with tempfile.TemporaryDirectory() as folder:
        command = [
            options.vitrine, "train", options.pictures, "--from", options.network, "--stages",
            str(options.stages), "--epochs", str(epochs), "--views", "1", "--head-epochs", "1",
            "--validation", "0", "--batch", str(options.batch), "--json", "-q", "-o",
            f"{folder}/model.onnx", "--training-precision", options.precision,
        ]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found["seconds"] / epochs, found["trainingCount"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pictures")
    parser.add_argument("--from", dest="network", required=True)
    parser.add_argument("--vitrine", required=True)
    parser.add_argument("--stages", type=int, default=1)
    parser.add_argument("--cut", required=True, help="what vitrine says layers are trained behind")
    parser.add_argument("--end", required=True, help="the network's default layer")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--precision", default="float32")
    options = parser.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    below, above = parts(options.network, options.cut, options.end)
    _, count = own_seconds(options, 1)
    pictures = torch.from_numpy(
        numpy.random.default_rng(1).normal(size=(count, 3, 224, 224)).astype("float32"))
    labels = torch.arange(count) % 10
    with torch.no_grad():
        cached = torch.cat([below(pictures[i : i + 16]) for i in range(0, count, 16)])
        channels = above(cached[:1]).shape[1]
    top = Top(above, channels, 10)
    optimizer = torch.optim.SGD(top.parameters(), lr=1e-3, momentum=0.9)
    times = {"vitrine": [], "torch, cached": [], "torch": []}
    for _ in range(options.rounds):
        times["vitrine"].append(own_seconds(options, 4)[0])
        start = time.perf_counter()
        epoch(top, optimizer, cached, labels, options.batch)
        times["torch, cached"].append(time.perf_counter() - start)
        start = time.perf_counter()
        epoch(top, optimizer, pictures, labels, options.batch, below)
        times["torch"].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, seconds in medians.items():
        ratio = seconds / medians["vitrine"]
        print(f"{name:16} {seconds:7.2f} s an epoch of {count} pictures   {ratio:5.2f} x")


if __name__ == "__main__":
    sys.exit(main())
