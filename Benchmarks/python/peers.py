"""What the comparisons of metrics with other programs share: one network, pictures and maps for both.

`peers_equal.py` compares numbers, `peers_speed.py` times. Both need `requirements.txt`; without torch
they say so and end with success.
"""

import argparse
import contextlib
import json
import pathlib
import subprocess
import sys

from compare import Side

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "Examples"
NETWORK = "efficientnet-lite0.onnx"
METHODS = "grad-cam,layer-cam,relevance-cam,relevance-map,cf-cam"
SIDE = 224


def arguments(description):
    """The options of both scripts, not read yet."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("directory", type=pathlib.Path, help="where files for both sides are put")
    parser.add_argument("--vitrine", required=True, help="the vitrine-bench program")
    parser.add_argument("--threads", type=int, default=2)
    return parser


def skip_without_peers():
    """Ends with success where torch or one of the other programs is missing."""
    try:
        import torch_side

        torch_side.import_grad_cam()
        import captum  # noqa: F401
        import onnx2torch  # noqa: F401
        import quantus  # noqa: F401
        import torchcam.metrics  # noqa: F401
    except ImportError as error:
        print(f"skipped: {error}; see requirements.txt")
        sys.exit(0)


class Vitrine(Side):
    """`vitrine-bench judge`: Vitrine's numbers for the maps of one picture; or another command."""

    def __init__(self, options, picture, *more, network=NETWORK, command="judge"):
        # The command `vitrine` keeps memory that it frees; this asks glibc for the same.
        kept = ["env", "MALLOC_TRIM_THRESHOLD_=67108864", "MALLOC_MMAP_THRESHOLD_=33554432"]
        words = [*kept, options.vitrine, command, network, picture]
        words += ["--data", str(options.directory)]
        super().__init__(
            "Vitrine", [*words, "--threads", str(options.threads), *more], options.threads
        )

    def request(self, text):
        return json.loads(self.ask(text))

    def values(self, metric, maps):
        """The value of each of so many maps."""
        return self.request(f"measure {maps} {metric}")["values"][metric]

    def rows(self, metric, directory):
        """What a metric asks for of the first map: shares that are kept, and the masked inputs."""
        import numpy

        self.request(f"write rows.npz {metric}")
        with numpy.load(directory / "rows.npz") as archive:
            return archive["masks"].reshape(-1, SIDE, SIDE), archive["inputs"]


class KnownMaps:
    """Stands where torch-cam wants a method: it gives maps that are known."""

    def __init__(self, network):
        self.model = network
        self.maps = None

    def __call__(self, class_idx=None, scores=None, normalized=True, *, targets=None, **others):
        return [self.maps]

    def fuse_cams(self, maps):
        return maps[0]

    @contextlib.contextmanager
    def _hooks_off(self):
        yield


def write_network(directory):
    """Writes the network of the examples with 32-bit weights, which onnx2torch can read."""
    import numpy
    import onnx
    from onnx import numpy_helper

    model = onnx.load(EXAMPLES / "models" / NETWORK)
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in list(model.graph.node):
        if node.op_type == "Cast" and node.input[0] in weights:
            short = weights[node.input[0]]
            full = numpy_helper.to_array(short).astype(numpy.float32)
            model.graph.initializer.remove(short)
            model.graph.initializer.append(numpy_helper.from_array(full, node.output[0]))
            model.graph.node.remove(node)
    onnx.save(model, directory / NETWORK)


def torch_network(directory):
    """The same network for torch, ready for inference; nothing is recorded for gradients."""
    import onnx2torch

    return onnx2torch.convert(str(directory / NETWORK)).eval().requires_grad_(False)


def prepared(path):
    """A picture as the network takes it, `[3, 224, 224]`."""
    import numpy
    from PIL import Image

    image = Image.open(path).convert("RGB")
    scale = 256 / min(image.size)
    size = [round(extent * scale) for extent in image.size]
    corner = [(extent - SIDE) // 2 for extent in size]
    image = image.resize(size, Image.Resampling.BICUBIC)
    image = image.crop((*corner, corner[0] + SIDE, corner[1] + SIDE))
    values = (numpy.asarray(image, numpy.float32) - 127) / 128
    return values.transpose(2, 0, 1).copy()


def region():
    """1 on a thing that is made up, 0 elsewhere: what is compared are numbers, not maps with things."""
    import numpy

    mask = numpy.zeros((SIDE, SIDE), numpy.float32)
    mask[60:180, 30:130] = 1
    return mask


def ranks(maps):
    """Maps whose values are 0, 1/P, 2/P …: the same order without equal values."""
    import numpy

    flat = maps.reshape(len(maps), -1)
    order = numpy.argsort(-flat, axis=1, kind="stable")
    result = numpy.empty_like(flat)
    steps = numpy.arange(flat.shape[1] - 1, -1, -1, dtype=numpy.float32) / flat.shape[1]
    numpy.put_along_axis(result, order, steps[None], axis=1)
    return result.reshape(maps.shape)


def write_pictures(options, layers, names=None):
    """Writes pictures of the examples with maps of the layers, as they are and as ranks; their names."""
    import numpy

    paths = sorted((EXAMPLES / "pictures").glob("*.[pj][np]g"))
    paths = [path for path in paths if names is None or path.stem in names]
    for path in paths:
        picture = prepared(path)
        file = options.directory / f"{path.stem}.npz"
        numpy.savez(file, picture=picture)
        command = [options.vitrine, "maps", NETWORK, file.name, "maps.npz", METHODS, layers]
        subprocess.run(
            [*command, "--data", str(options.directory)], check=True, stdout=subprocess.PIPE
        )
        with numpy.load(options.directory / "maps.npz") as archive:
            maps = archive["maps"]
        numpy.savez(file, picture=picture, maps=maps, inside=region())
        ranked = options.directory / f"{path.stem}-ranks.npz"
        numpy.savez(ranked, picture=picture, maps=ranks(maps), inside=region())
    return [path.stem for path in paths]
