"""Writes the PyTorch networks as ONNX files: make_torch.py FOLDER [--networks A,B] [--exporters E]

Each is written twice, by the exporter that traces TorchScript (batch size open) and by the one that
is built on torch.export (batch size one). What an exporter refuses is noted in NAME.EXPORTER.txt.
"""

import argparse
import logging
import warnings
from pathlib import Path

import numpy
import torch

import torch_catalog
import torch_weights
from pictures import pictures

EXPORTERS = ("torchscript", "dynamo")


def build(architecture: torch_catalog.Architecture) -> torch.nn.Module:
    """The network with its random weights; the same at each call."""
    torch.manual_seed(0)
    sample = torch.from_numpy(pictures(architecture.shape))
    return torch_weights.vary(architecture.build(), architecture.name, sample)


def export(
    network: torch.nn.Module, shape: tuple[int, ...], exporter: str, path: Path
) -> None:
    """Writes the network as one file, with its weights in it."""
    sample = (torch.from_numpy(pictures(shape)[:1]),)
    names = {"input_names": ["input"], "output_names": ["output"]}
    if exporter == "dynamo":
        torch.onnx.export(
            network, sample, path, dynamo=True, external_data=False, verbose=False
        )
    else:
        axes = {"input": {0: "batch"}, "output": {0: "batch"}}
        torch.onnx.export(
            network, sample, path, dynamo=False, dynamic_axes=axes, **names
        )


def make(
    architecture: torch_catalog.Architecture, exporters: list[str], folder: Path
) -> None:
    """Writes the files of one architecture that do not exist yet."""
    if len(architecture.shape) > 3:
        numpy.save(folder / architecture.name, pictures(architecture.shape)[:1])
    network = None
    for exporter in exporters:
        path = folder / f"{architecture.name}.{exporter}.onnx"
        reason = path.with_suffix(".txt")
        if path.exists() or reason.exists():
            continue
        try:
            network = network or build(architecture)
            export(network, architecture.shape, exporter, path)
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB", flush=True)
        except Exception as error:  # an exporter may fail in any way
            path.unlink(missing_ok=True)
            reason.write_text(f"{type(error).__name__}: {error}\n")
            print(f"{path.name}: {type(error).__name__}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--networks", help="names with commas between; all by default")
    parser.add_argument("--exporters", default=",".join(EXPORTERS))
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    options.folder.mkdir(parents=True, exist_ok=True)
    chosen = options.networks.split(",") if options.networks else None
    for architecture in torch_catalog.networks():
        if chosen is None or architecture.name in chosen:
            make(architecture, options.exporters.split(","), options.folder)


if __name__ == "__main__":
    main()
