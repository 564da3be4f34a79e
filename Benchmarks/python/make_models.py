"""Writes the networks and inputs of the benchmarks: seeded, so that every machine has the same.

    python make_models.py DIRECTORY

writes `resnet50.onnx` (2-D, 1000 classes), `resnet1d.onnx` (1-D, 1000 points, 30 classes) and their
inputs `resnet50-input.npy` [8, 3, 224, 224] and `resnet1d-input.npy` [256, 1, 1000]. Nodes and
initializers are named as the PyTorch exporter names them, batch norms stay nodes, the batch
dimension is symbolic and the stage outputs are the values `layer1`, `layer2`, ...
"""

import argparse
import pathlib

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper


class NetworkWriter:
    """Collects nodes and initializers of one network; `rank` is its number of spatial axes."""

    def __init__(self, rank, seed):
        self.rank = rank
        self.random = numpy.random.default_rng(seed)
        self.nodes = []
        self.initializers = []

    def parameter(self, name, array):
        tensor = numpy_helper.from_array(numpy.ascontiguousarray(array, numpy.float32), name)
        self.initializers.append(tensor)
        return name

    def node(self, kind, path, inputs, output=None, **attributes):
        name = "/" + path.replace(".", "/") + "/" + kind
        output = output or name + "_output_0"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=name, **attributes))
        return output

    def convolution(self, path, value, shape, stride=1):
        """A convolution without bias; `shape` is (outputs, inputs, kernel), He-initialised."""
        outputs, inputs, kernel = shape
        extent = [kernel] * self.rank
        deviation = numpy.sqrt(2 / (inputs * kernel**self.rank))
        weight = self.random.normal(0, deviation, (outputs, inputs, *extent))
        return self.node(
            "Conv",
            path,
            [value, self.parameter(path + ".weight", weight)],
            kernel_shape=extent,
            strides=[stride] * self.rank,
            pads=[kernel // 2] * (2 * self.rank),
            dilations=[1] * self.rank,
            group=1,
        )

    def batch_norm(self, path, value, channels, gain=1.0):
        """A batch norm with statistics a little off the identity, so that folding is visible."""
        draw = self.random.uniform
        parameters = [
            self.parameter(path + ".weight", gain * draw(0.8, 1.2, channels)),
            self.parameter(path + ".bias", draw(-0.1, 0.1, channels)),
            self.parameter(path + ".running_mean", draw(-0.1, 0.1, channels)),
            self.parameter(path + ".running_var", draw(0.8, 1.2, channels)),
        ]
        return self.node("BatchNormalization", path, [value, *parameters], epsilon=1e-5)

    def rectifier(self, path, value, output=None):
        return self.node("Relu", path, [value], output)

    def shortcut(self, path, value, inputs, outputs, stride):
        if stride == 1 and inputs == outputs:
            return value
        value = self.convolution(f"{path}.downsample.0", value, (outputs, inputs, 1), stride)
        return self.batch_norm(f"{path}.downsample.1", value, outputs)

    def block(self, path, value, inputs, convolutions, output=None):
        """A residual block; `convolutions` lists (outputs, kernel, stride) of the main branch."""
        outputs = convolutions[-1][0]
        stride = max(stride for _, _, stride in convolutions)
        branch, width = value, inputs
        for index, (channels, kernel, step) in enumerate(convolutions, start=1):
            last = index == len(convolutions)
            shape = (channels, width, kernel)
            branch = self.convolution(f"{path}.conv{index}", branch, shape, step)
            # The halved gain keeps the sum of many blocks near unit size.
            branch = self.batch_norm(f"{path}.bn{index}", branch, channels, 0.5 if last else 1)
            if not last:
                branch = self.rectifier(f"{path}.relu{index}", branch)
            width = channels
        skip = self.shortcut(path, value, inputs, outputs, stride)
        total = self.node("Add", path, [branch, skip])
        return self.rectifier(f"{path}.relu", total, output)

    def linear(self, path, value, inputs, outputs):
        weight = self.random.normal(0, numpy.sqrt(1 / inputs), (outputs, inputs))
        bias = self.random.uniform(-0.1, 0.1, outputs)
        names = [self.parameter(path + ".weight", weight), self.parameter(path + ".bias", bias)]
        return self.node("Gemm", path, [value, *names], "logits", transB=1)

    def write(self, file, name, input_shape, classes):
        kind = TensorProto.FLOAT
        graph = helper.make_graph(
            self.nodes,
            name,
            [helper.make_tensor_value_info("input", kind, ["batch", *input_shape])],
            [helper.make_tensor_value_info("logits", kind, ["batch", classes])],
            self.initializers,
        )
        opset = [helper.make_opsetid("", 17)]
        model = helper.make_model(
            graph, ir_version=8, opset_imports=opset, producer_name="vitrine-benchmarks"
        )
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, file)


def write_resnet50(file, seed=50):
    network = NetworkWriter(rank=2, seed=seed)
    value = network.convolution("conv1", "input", (64, 3, 7), stride=2)
    value = network.rectifier("relu", network.batch_norm("bn1", value, 64))
    value = network.node(
        "MaxPool", "maxpool", [value], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]
    )
    channels = 64
    for stage, (count, width) in enumerate([(3, 64), (4, 128), (6, 256), (3, 512)], start=1):
        for index in range(count):
            stride = 2 if index == 0 and stage > 1 else 1
            convolutions = [(width, 1, 1), (width, 3, stride), (4 * width, 1, 1)]
            output = f"layer{stage}" if index == count - 1 else None
            path = f"layer{stage}.{index}"
            value = network.block(path, value, channels, convolutions, output)
            channels = 4 * width
    value = network.node("GlobalAveragePool", "avgpool", [value])
    value = network.node("Flatten", "flatten", [value], axis=1)
    network.linear("fc", value, channels, 1000)
    network.write(file, "resnet50", [3, 224, 224], 1000)


def write_resnet1d(file, seed=1):
    network = NetworkWriter(rank=1, seed=seed)
    value = network.convolution("conv1", "input", (64, 1, 5))
    value = network.rectifier("relu", network.batch_norm("bn1", value, 64))
    channels, points = 64, 1000
    for stage in range(1, 7):
        for index in range(2):
            stride = 2 if index == 0 and stage > 1 else 1
            output = f"layer{stage}" if index == 1 else None
            convolutions = [(100, 5, stride), (100, 5, 1)]
            path = f"layer{stage}.{index}"
            value = network.block(path, value, channels, convolutions, output)
            channels, points = 100, -(-points // stride)
    value = network.node("Flatten", "flatten", [value], axis=1)
    network.linear("fc", value, channels * points, 30)
    network.write(file, "resnet1d", [1, 1000], 30)


def write_pictures(file, seed=8):
    """Standardised noise: what a normalised picture's values are like, of no particular content."""
    pictures = numpy.random.default_rng(seed).normal(size=(8, 3, 224, 224))
    numpy.save(file, pictures.astype(numpy.float32))


def write_spectra(file, seed=256):
    """Spectra of twelve Gaussian bands each, on a slope, with noise; highest value near one."""
    random = numpy.random.default_rng(seed)
    axis = numpy.linspace(0, 1, 1000)
    centers = random.uniform(0, 1, (256, 12, 1))
    widths = random.uniform(0.004, 0.03, (256, 12, 1))
    heights = random.uniform(0.1, 1, (256, 12, 1))
    bands = (heights * numpy.exp(-0.5 * ((axis - centers) / widths) ** 2)).sum(axis=1)
    slopes = random.uniform(0, 0.3, (256, 1)) * axis
    spectra = bands + slopes + random.normal(0, 0.01, bands.shape)
    spectra /= spectra.max(axis=1, keepdims=True)
    numpy.save(file, spectra[:, None].astype(numpy.float32))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=pathlib.Path)
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    write_resnet50(directory / "resnet50.onnx")
    write_resnet1d(directory / "resnet1d.onnx")
    write_pictures(directory / "resnet50-input.npy")
    write_spectra(directory / "resnet1d-input.npy")
    print(f"wrote resnet50 and resnet1d with their inputs to {directory}")


if __name__ == "__main__":
    main()
