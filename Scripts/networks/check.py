"""Checks `vitrine` on the networks of one framework.

usage: check.py torch|keras FOLDER --vitrine PATH --results FOLDER [--networks A,B] [--again]

Each line of the table becomes a file NAME.EXPORTER.json among the results; table.py writes the table.
"""

import argparse
import functools
import importlib
import json
import traceback
import warnings
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from comparison import Comparison, Row
from expected import GradientReference
from pictures import EXPLAINED
from vitrine_command import Vitrine

REFERENCES = {
    "torch": ("torch_reference", "TorchReference"),
    "keras": ("keras_reference", "KerasReference"),
}

# Options for outputs with positions: one of these is explained.
AT_BEST = ("--target", "top@best")
BOX_NUMBERS = 4
OPTIONS = {
    "Detector": (*AT_BEST, "--classes", f"{BOX_NUMBERS}:"),
    **dict.fromkeys(
        (
            "fcn_resnet50",
            "deeplabv3_mobilenet_v3_large",
            "lraspp_mobilenet_v3_large",
            "UNet",
            "TextReader",
            "unet.channels_last",
            "unet.channels_first",
        ),
        AT_BEST,
    ),
}


def split(path: Path) -> tuple[str, str]:
    """The network and the exporter of a file, NAME.EXPORTER.onnx."""
    name, _, exporter = path.stem.rpartition(".")
    return name, exporter


def sample(path: Path) -> Path:
    """The array beside a network, which what takes no picture has, or the picture."""
    array = path.with_name(split(path)[0] + ".npy")
    return array if array.exists() else EXPLAINED


def check(path: Path, comparison: Comparison) -> Row:
    """The line of one file."""
    row = Row(*split(path))
    if path.suffix == ".txt":
        row.fail("the exporter refuses it: " + path.read_text().splitlines()[0])
        return row
    try:
        comparison.fill(row, path, sample(path))
    except Exception as error:  # a network may fail in any way
        traceback.print_exc()
        row.fail(f"{type(error).__name__}: {error}")
    return row


def builder(framework: str, name: str) -> Callable[[], GradientReference]:
    """A function that builds a network of a framework, once."""
    module, kind = REFERENCES[framework]

    @functools.cache
    def build() -> GradientReference:
        return getattr(importlib.import_module(module), kind)(name)

    return build


def files(folder: Path, names: str | None) -> list[Path]:
    """The networks in a folder, and what could not be exported."""
    found = [path for path in folder.iterdir() if path.suffix in (".onnx", ".txt")]
    chosen = names.split(",") if names else None
    return sorted(
        path
        for path in found
        if chosen is None or any(path.name.startswith(name + ".") for name in chosen)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("framework", choices=REFERENCES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vitrine", type=Path, required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--networks")
    parser.add_argument(
        "--again", action="store_true", help="also what is checked already"
    )
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    options.results.mkdir(parents=True, exist_ok=True)
    paths = files(options.folder, options.networks)
    for name, group in groupby(paths, key=lambda path: split(path)[0]):
        comparison = Comparison(
            Vitrine(options.vitrine.resolve()),
            builder(options.framework, name),
            options.results / "answers",
            OPTIONS.get(name, ()),
            BOX_NUMBERS if name == "Detector" else 0,
        )
        for path in group:
            result = options.results / (path.stem + ".json")
            if options.again or not result.exists():
                text = json.dumps(check(path, comparison).fields(), indent=1)
                result.write_text(text + "\n")
                print(text, flush=True)


if __name__ == "__main__":
    main()
