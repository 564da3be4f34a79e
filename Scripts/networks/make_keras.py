"""Writes the Keras networks as ONNX files: make_keras.py FOLDER [--networks A,B]

Each is written in both layouts, where Keras has both, and by three ways: tf2onnx, tf2onnx without its
optimizer (a Transpose before and after each Conv), and `model.export(format="onnx")`. What is
refused is noted in NAME.LAYOUT.EXPORTER.txt.
"""

import argparse
from pathlib import Path
from unittest import mock

import keras_catalog
import keras
import numpy
import onnx
import tensorflow
import tf2onnx

LAYOUTS = ("channels_last", "channels_first")


def export_tf2onnx(network: keras.Model, path: Path) -> None:
    """The converter on a function of TensorFlow, as its documentation shows it."""
    signature = [tensorflow.TensorSpec((None, *network.input_shape[1:]), name="input")]
    function = tensorflow.function(lambda x: network(x, training=False), signature)
    tf2onnx.convert.from_function(function, signature, opset=17, output_path=str(path))


def export_unoptimized(network: keras.Model, path: Path) -> None:
    """The same with the converter's optimizer left out."""
    with mock.patch("tf2onnx.optimizer.optimize_graph", lambda graph, *_, **__: graph):
        export_tf2onnx(network, path)


def export_keras(network: keras.Model, path: Path) -> None:
    """The exporter of Keras itself."""
    network.export(str(path), format="onnx", verbose=False)


EXPORTERS = {
    "tf2onnx": export_tf2onnx,
    "unoptimized": export_unoptimized,
    "keras": export_keras,
}


def make(name: str, layout: str, folder: Path) -> None:
    """Writes the files of one network that do not exist yet."""
    network = None
    for exporter, export in EXPORTERS.items():
        path = folder / f"{name}.{layout}.{exporter}.onnx"
        reason = path.with_suffix(".txt")
        if path.exists() or reason.exists():
            continue
        try:
            network = network or keras_catalog.build(name, layout)
            if len(network.input_shape) != 4:
                sample = keras_catalog.samples(network.input_shape[1:], layout)[:1]
                numpy.save(folder / f"{name}.{layout}", sample)
            export(network, path)
            onnx.checker.check_model(str(path))
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB", flush=True)
        except Exception as error:  # an exporter may fail in any way
            path.unlink(missing_ok=True)
            reason.write_text(f"{type(error).__name__}: {error}\n")
            print(f"{path.name}: {type(error).__name__}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--networks", help="names with commas between; all by default")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    names = options.networks.split(",") if options.networks else keras_catalog.BUILDERS
    for name in names:
        for layout in LAYOUTS:
            if layout == LAYOUTS[0] or name in keras_catalog.BOTH_LAYOUTS:
                make(name, layout, options.folder)


if __name__ == "__main__":
    main()
