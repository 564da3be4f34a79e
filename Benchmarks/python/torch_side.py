"""The PyTorch side of the comparison.

    python torch_side.py DIRECTORY --threads 2                  measures all, prints JSON
    python torch_side.py DIRECTORY --threads 2 --serve          answers lines on standard input
    python torch_side.py --check                                only tells whether all imports work

The line protocol, which `vitrine-bench serve` speaks as well: `list` is answered by the names of
the measurements on one line; `run NAME` by the milliseconds that it took once, not counting the
loading of networks and inputs; `quit` ends. Anything else is answered by `error MESSAGE`.
DIRECTORY holds what `make_models.py` wrote.
"""

import argparse
import functools
import json
import pathlib
import statistics
import sys
import time


# Score-CAM of all 2,048 channels takes minutes; time is proportional to the channels.
SCORE_CAM_CHANNELS = 128


def import_grad_cam():
    """Imports grad-cam, also where torchvision's compiled part does not fit the torch build.

    grad-cam and zennit import torchvision but use none of its operators here; torchvision's import
    fails when its library cannot be loaded (a CUDA build beside a CPU build of torch) unless the
    operator that it registers is declared.
    """
    import torch

    try:
        import torchvision  # noqa: F401
    except RuntimeError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        schema = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
        for operator in ("nms", "qnms"):
            torch.library.define(f"torchvision::{operator}", schema)
    import pytorch_grad_cam

    return pytorch_grad_cam


class Measurements:
    """What can be measured, by name; networks and inputs are loaded at first use."""

    def __init__(self, directory):
        self.directory = directory
        self.makers = {}
        for count in (1, 8):
            self.makers[f"resnet50-forward-{count}"] = self.forward("resnet50", count)
            for layer in ("layer4", "layer2"):
                name = f"resnet50-grad-cam-{layer}-{count}"
                self.makers[name] = self.library_grad_cam("resnet50", layer, count)
                name = f"resnet50-relevance-cam-{layer}-{count}"
                self.makers[name] = self.relevance_cam(layer, count)
            self.makers[f"resnet50-lrp-{count}"] = self.zennit_lrp(count)
        self.makers["resnet50-score-cam-layer4-1"] = self.score_cam("layer4")
        self.makers["resnet1d-forward-256"] = self.forward("resnet1d", 256)
        self.makers["resnet1d-grad-cam-256"] = self.autograd_grad_cam("grad_cam", 256)
        self.makers["resnet1d-grad-cam-lean-256"] = self.autograd_grad_cam("lean_grad_cam", 256)
        self.makers["resnet1d-grad-cam-each-256"] = self.autograd_grad_cam("grad_cam", 1)

    @functools.cache
    def network(self, name):
        import torch_networks

        return torch_networks.load(name, self.directory)

    @functools.cache
    def inputs(self, name):
        import numpy
        import torch

        return torch.from_numpy(numpy.load(self.directory / f"{name}-input.npy"))

    @functools.cache
    def prepared(self, name):
        return self.makers[name]()

    def run(self, name):
        """Milliseconds of one run."""
        job = self.prepared(name)
        start = time.perf_counter()
        job()
        return (time.perf_counter() - start) * 1000

    def forward(self, name, count):
        def make():
            import torch

            network, value = self.network(name), self.inputs(name)[:count]
            return torch.inference_mode()(lambda: network(value))

        return make

    def library_grad_cam(self, name, layer, count):
        def make():
            library = import_grad_cam().GradCAM
            network, value = self.network(name), self.inputs(name)[:count]
            layers = [getattr(network, layer)]

            # The library's hooks stay on a network until it is left; other measurements must
            # not run through them.
            def job():
                with library(model=network, target_layers=layers) as method:
                    return method(input_tensor=value, targets=None)

            return job

        return make

    def relevance_cam(self, layer, count):
        def make():
            from torch_relevance import relevance_cam

            network, value = self.network("resnet50"), self.inputs("resnet50")[:count]
            return lambda: relevance_cam(network, layer, value)

        return make

    def torchvision_network(self):
        """ResNet-50 as torchvision builds it, for zennit to recognise; the same weights."""
        import_grad_cam()
        import torchvision

        network = torchvision.models.resnet50(weights=None)
        network.load_state_dict(self.network("resnet50").state_dict())
        return network.eval()

    def zennit_lrp(self, count):
        """zennit's LRP map at the input: EpsilonPlus, batch norms merged by its canonizer.

        The composite is registered once and for all, which spares zennit some work.
        """

        def make():
            import torch

            network, value = self.torchvision_network(), self.inputs("resnet50")[:count]
            from zennit.attribution import Gradient
            from zennit.composites import EpsilonPlus
            from zennit.torchvision import ResNetCanonizer

            composite = EpsilonPlus(canonizers=[ResNetCanonizer()])
            attributor = Gradient(model=network, composite=composite)
            attributor.__enter__()

            def job():
                def seed(scores):
                    winners = scores.argmax(1)
                    return torch.nn.functional.one_hot(winners, scores.shape[1]).float()

                return attributor(value, seed)[1].sum(1)

            return job

        return make

    def score_cam(self, layer, channels=SCORE_CAM_CHANNELS):
        """grad-cam's Score-CAM weights of the first `channels` channels of a stage, 16 at once."""

        def make():
            import torch

            library = import_grad_cam()
            network, value = self.network("resnet50"), self.inputs("resnet50")[:1]
            layers = [getattr(network, layer)]

            def job():
                with torch.no_grad():
                    activation = network.below(value, layer)[:, :channels].numpy()
                    category = int(network(value).argmax(1))
                targets = [
                    library.utils.model_targets.ClassifierOutputSoftmaxTarget(category)
                ]
                with library.ScoreCAM(model=network, target_layers=layers) as method:
                    weights = method.get_cam_weights(value, layers[0], targets, activation, None)
                return (weights[:, :, None, None] * activation).sum(1).clip(min=0)

            return job

        return make

    def autograd_grad_cam(self, function, group):
        """1-D Grad-CAM at the last stage of all 256 spectra, `group` of them at a time."""

        def make():
            import torch_networks

            explain = getattr(torch_networks, function)
            network, value = self.network("resnet1d"), self.inputs("resnet1d")
            return lambda: [
                explain(network, "layer6", part)[3].relu() for part in value.split(group)
            ]

        return make


def serve(measurements):
    for line in sys.stdin:
        words = line.split()
        if words == ["quit"]:
            return
        if words == ["list"]:
            answer = " ".join(measurements.makers)
        elif len(words) == 2 and words[0] == "run" and words[1] in measurements.makers:
            answer = f"{measurements.run(words[1]):.4f}"
        else:
            answer = f"error unknown request: {line.strip()}"
        print(answer, flush=True)


def measure(measurements, rounds):
    result = {}
    for name in measurements.makers:
        measurements.run(name)
        times = [measurements.run(name) for _ in range(rounds)]
        result[name] = {"median": statistics.median(times), "milliseconds": times}
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=pathlib.Path, nargs="?")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        import_grad_cam()
        import onnx  # noqa: F401

        return
    if options.directory is None:
        parser.error("DIRECTORY is required")

    import torch

    torch.set_num_threads(options.threads)
    measurements = Measurements(options.directory)
    if options.serve:
        serve(measurements)
        return
    versions = {"torch": torch.__version__, "threads": options.threads}
    print(json.dumps({**versions, "results": measure(measurements, options.rounds)}, indent=2))


if __name__ == "__main__":
    main()
