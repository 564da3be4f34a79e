"""Repeats a meaningful perturbation in PyTorch, and compares loss by loss and the map.

    vitrine explain MODEL.onnx PICTURE --method meaningful-perturbation \
        --set steps=100 --set fill=zero --set unit=none -o FOLDER
    python optimized_masks.py MODEL.onnx FOLDER/NAME.npz FOLDER/NAME.json

The archive holds the input as the network received it, and the manifest the settings and what was minimized
before each step and after the last, which is complete for 100 steps or fewer. `fill` is zero, as that is
the same everywhere; scores are probabilities or raw scores as the manifest says.
"""

import argparse
import json

import numpy
import onnx
import onnx2torch
import torch


def variation(cells, power):
    """The mean over cells of the differences of neighbors, raised to a power."""
    total = 0
    for axis in range(2, cells.ndim):
        total = total + cells.diff(dim=axis).abs().pow(power).sum()
    return total / cells.numel()


def descend(network, picture, index, settings):
    """Takes all steps; returns what is minimized before each of them and at the end, and the map."""
    side = int(settings["cells"]) or 28
    cells = torch.full((1, 1, side, side), float(settings["start"]), requires_grad=True)
    optimizer = torch.optim.Adam([cells], lr=float(settings["rate"]))
    losses = []
    for step in range(int(settings["steps"]) + 1):
        mask = torch.nn.functional.interpolate(
            cells, size=picture.shape[2:], mode="bilinear", align_corners=False)
        scores = network(mask * picture).reshape(1, -1)
        if settings["score"] == "probability":
            sums = scores.detach().sum(dim=1)
            are_probabilities = bool((scores.detach() >= 0).all()) and abs(float(sums) - 1) < 1e-3
            scores = scores if are_probabilities else scores.softmax(dim=1)
        loss = (
            scores[0, index]
            + float(settings["area"]) * (1 - cells).abs().mean()
            + float(settings["variation"]) * variation(cells, float(settings["beta"])))
        losses.append(float(loss.detach()))
        if step == int(settings["steps"]):
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            cells.clamp_(0, 1)
    return numpy.array(losses), 1 - mask.detach().numpy()[0, 0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("archive")
    parser.add_argument("manifest")
    arguments = parser.parse_args()
    with open(arguments.manifest, encoding="utf-8") as file:
        manifest = json.load(file)
    archive = numpy.load(arguments.archive)
    network = onnx2torch.convert(onnx.load(arguments.model)).eval()
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    picture = torch.from_numpy(archive["input"])[None]
    losses, found = descend(
        network, picture, manifest["classIndex"], manifest["settings"])
    own = numpy.array(manifest["optimization"]["losses"])
    gap = numpy.abs(own - losses).max()
    print(f"losses from {losses[0]:.5f} to {losses[-1]:.5f}, ours to {own[-1]:.5f}")
    print(f"greatest difference of losses {gap:.2e}, of maps {numpy.abs(archive['map'] - found).max():.2e}")


if __name__ == "__main__":
    main()
