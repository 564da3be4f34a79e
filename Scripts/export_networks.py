"""The networks whose exports are checked: that of Examples, and small ones with random weights."""

import json
import pathlib
from dataclasses import dataclass, field

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "Examples"

METHODS = ("grad-cam", "layer-cam", "relevance-cam", "relevance-map", "stage-cam", "lrp")
# The weights of Grad-CAM++ have poles where gradients are negative, so that rounding shows in them;
# behind a mean all gradients of a channel are alike.
BEHIND_A_MEAN = ("cam", "grad-cam-pp", *METHODS)


@dataclass(frozen=True)
class Case:
    """A network with what is asked of it; each sample is a file for each input."""

    name: str
    network: pathlib.Path
    samples: list
    methods: tuple = METHODS
    targets: tuple = ("top", "not 1")
    options: tuple = ()
    forms: tuple = ()
    input_names: tuple = field(default=("input",))


class Network:
    """A network under construction, with weights that keep the variance of what they are given."""

    def __init__(self, seed, **inputs):
        self.random = numpy.random.default_rng(seed)
        self.inputs = inputs
        self.nodes, self.weights = [], []

    def constant(self, values, kind=numpy.float32):
        """A stored array."""
        name = f"weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(numpy.asarray(values, kind), name))
        return name

    def add(self, kind, *inputs, **attributes):
        """A node with one result."""
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def normal(self, *shape):
        """Random weights [outputs, inputs, kernel…]."""
        return self.constant(
            self.random.normal(0, (2 / numpy.prod(shape[1:])) ** 0.5, shape))

    def convolution(self, x, inputs, outputs, *kernel, **attributes):
        """A convolution that keeps the extents, or divides them by its strides."""
        pads = [extent // 2 for extent in kernel] * 2
        return self.add("Conv", x, self.normal(outputs, inputs, *kernel), pads=pads, **attributes)

    def normalized(self, x, count):
        """Batch normalization and a rectifier."""
        draw = self.random.uniform
        parts = [draw(0.5, 1.5, count), draw(-0.2, 0.2, count), draw(-0.2, 0.2, count),
                 draw(0.5, 1.5, count)]
        x = self.add("BatchNormalization", x, *map(self.constant, parts))
        return self.add("Relu", x)

    def dense(self, x, inputs, outputs):
        """A linear layer with offsets."""
        offsets = self.constant(self.random.normal(0, 0.1, outputs))
        return self.add("Gemm", x, self.normal(outputs, inputs), offsets, transB=1)

    def write(self, path, output, shape):
        """Writes the network with one output, for any number of samples."""
        self.nodes.append(helper.make_node("Identity", [output], ["scores"], "last"))
        info = helper.make_tensor_value_info
        graph = helper.make_graph(
            self.nodes, "made",
            [info(name, TensorProto.FLOAT, ("batch", *given)) for name, given in self.inputs.items()],
            [info("scores", TensorProto.FLOAT, ("batch", *shape))], self.weights)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, path)


def inception(path):
    """As InceptionTime: kernels of three lengths side by side, a pooling, and sums around three."""
    network, width = Network(1, input=(1, 240)), 8
    x = shortcut = "input"
    channels = skipped = 1
    for block in range(6):
        narrow = network.convolution(x, channels, width, 1) if channels > 1 else x
        inputs = width if channels > 1 else 1
        branches = [network.convolution(narrow, inputs, width, size) for size in (39, 19, 9)]
        pooled = network.add("MaxPool", x, kernel_shape=[3], pads=[1, 1], strides=[1])
        branches.append(network.convolution(pooled, channels, width, 1))
        channels = 4 * width
        x = network.normalized(network.add("Concat", *branches, axis=1), channels)
        if block % 3 == 2:
            side = network.normalized(network.convolution(shortcut, skipped, channels, 1), channels)
            x = network.add("Relu", network.add("Add", x, side))
            shortcut, skipped = x, channels
    x = network.add("Flatten", network.add("GlobalAveragePool", x))
    network.write(path, network.dense(x, channels, 5), (5,))


def channels_last(path):
    """A series with its channel last, and a Transpose around each convolution, as from Keras."""
    network = Network(2, input=(128, 1))
    x, channels = "input", 1
    for width in (8, 16):
        x = network.add("Transpose", x, perm=[0, 2, 1])
        x = network.convolution(x, channels, width, 5, strides=[2])
        x = network.add("Transpose", x, perm=[0, 2, 1])
        x, channels = network.add("Relu", x), width
    x = network.add("Flatten", x)
    network.write(path, network.dense(x, 32 * 16, 4), (4,))


def segmentation(path):
    """Scores at each pixel: down, up again, and joined with what was before."""
    network = Network(3, input=(3, 24, 32))
    first = network.normalized(network.convolution("input", 3, 8, 3, 3), 8)
    deep = network.add("MaxPool", first, kernel_shape=[2, 2], strides=[2, 2])
    deep = network.normalized(network.convolution(deep, 8, 16, 3, 3), 16)
    scales = network.constant([1, 1, 2, 2])
    up = network.add("Resize", deep, "", scales, mode="linear")
    x = network.add("Concat", up, first, axis=1)
    x = network.normalized(network.convolution(x, 24, 8, 3, 3), 8)
    network.write(path, network.convolution(x, 8, 4, 1, 1), (4, 24, 32))


def detector(path):
    """Probabilities of the classes of each box, [boxes, classes]."""
    network = Network(4, input=(3, 32, 32))
    x = network.normalized(network.convolution("input", 3, 8, 3, 3, strides=[2, 2]), 8)
    x = network.normalized(network.convolution(x, 8, 16, 3, 3, strides=[2, 2]), 16)
    x = network.add("Transpose", network.convolution(x, 16, 6, 3, 3), perm=[0, 2, 3, 1])
    x = network.add("Reshape", x, network.constant([0, -1, 3], numpy.int64))
    network.write(path, network.add("Softmax", x, axis=-1), (128, 3))


def two_inputs(path):
    """Two pictures, each with layers of its own, joined before the last."""
    network = Network(5, before=(3, 24, 24), after=(3, 24, 24))
    rows = []
    for name in network.inputs:
        x = network.normalized(network.convolution(name, 3, 8, 3, 3), 8)
        rows.append(network.add("Flatten", network.add("GlobalAveragePool", x)))
    x = network.add("Concat", *rows, axis=1)
    network.write(path, network.dense(x, 16, 3), (3,))


def made(folder, name, make, **options):
    """A made network with three random samples."""
    path = folder / f"{name}.onnx"
    make(path)
    random = numpy.random.default_rng(9)
    inputs = onnx.load(path).graph.input
    samples = []
    for index in range(3):
        files = {}
        for item in inputs:
            extents = [d.dim_value for d in item.type.tensor_type.shape.dim][1:]
            file = folder / f"{name}-{item.name}-{index}.npy"
            numpy.save(file, random.normal(0, 1, (1, *extents)).astype(numpy.float32))
            files[item.name] = file
        samples.append(files)
    names = tuple(item.name for item in inputs)
    return Case(name, path, samples, input_names=names, **options)


def cases(folder):
    """The networks that are always checked, written to a folder where they are made."""
    pictures = ("chelsea.png", "coffee.png", "rocket.jpg")
    lite = EXAMPLES / "models/efficientnet-lite0.onnx"
    places = ("top@best", "1@mask", "not 1@best", "2@5,7", "output[3]")
    return [
        made(folder, "inception", inception, methods=BEHIND_A_MEAN),
        made(folder, "channels-last", channels_last),
        made(folder, "segmentation", segmentation, targets=places),
        made(folder, "detector", detector, targets=("top@best", "not 2@best", "1@28", "output[1]")),
        made(folder, "two-inputs", two_inputs, targets=("top", "0-vs-2")),
        Case("efficientnet-lite0", lite, [{"input": EXAMPLES / "pictures" / name} for name in pictures],
             BEHIND_A_MEAN),
    ]


def stored_cases(root, folder):
    """Networks of a folder; `case.json` has the inputs as {"inputs": {NAME: {"file": NPY}}}.

    Further samples are made of the first by noise and by the other direction.
    """
    found = []
    for path in sorted(root.glob("*/case.json")):
        contents = json.loads(path.read_text())
        random = numpy.random.default_rng(8)
        samples = [{}, {}, {}]
        for name, entry in contents["inputs"].items():
            array = numpy.load(path.parent / entry["file"])
            noise = random.normal(0, 0.3 * array.std(), array.shape).astype(array.dtype)
            for index, values in enumerate((array, array + noise, array[..., ::-1] - noise)):
                file = folder / f"{path.parent.name}-{name}-{index}.npy"
                numpy.save(file, values)
                samples[index][name] = file
        found.append(
            Case(path.parent.name, path.parent / "model.onnx", samples,
                 targets=tuple(contents.get("targets", ("top",))),
                 input_names=tuple(contents["inputs"])))
    return found
