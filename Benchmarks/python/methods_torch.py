"""Integrated gradients, RISE and Ablation-CAM as they are done with torch, for `peers_methods.py`.

RISE follows what its paper and released code do: cells that are shown at random, brought to the size of the
input and a cell more, cut at a random place; inputs times masks in batches; probabilities times masks.
"""

import copy
import itertools

import numpy
import torch

from peers_speed import timed

SIDE = 224
CELLS = 8
STEPS = 50


def attributions(network, picture, label, batch, steps=STEPS):
    """captum's integrated gradients from zero at the middles of the steps, summed over colors."""
    from captum.attr import IntegratedGradients

    found = IntegratedGradients(network).attribute(
        picture, target=label, n_steps=steps, method="riemann_middle", internal_batch_size=batch
    )
    return found[0].detach().sum(0).numpy()


def interpolated(cells, shifts):
    """Cells `[masks, CELLS, CELLS]` at the input's positions, each cut at its shift."""
    length = -(-SIDE // CELLS)
    extent = (CELLS + 1) * length
    large = torch.nn.functional.interpolate(cells[:, None], (extent, extent), mode="bilinear")
    parts = [one[:, y : y + SIDE, x : x + SIDE] for one, (y, x) in zip(large, shifts)]
    return torch.stack(parts)


def random_masks(count, share=0.5, seed=1):
    """New masks `[masks, 1, SIDE, SIDE]`."""
    random = numpy.random.default_rng(seed)
    cells = (random.random((count, CELLS, CELLS)) < share).astype(numpy.float32)
    return interpolated(torch.from_numpy(cells), random.integers(0, -(-SIDE // CELLS), (count, 2)))


def rise(network, picture, label, masks, batch, short=False, share=0.5):
    """The published sum over masks, of one class; `short` has 16-bit convolutions."""
    with torch.inference_mode():
        with torch.autocast("cpu", torch.bfloat16, enabled=short):
            parts = [network(picture * part) for part in masks.split(batch)]
        scores = torch.cat(parts).float().softmax(-1)[:, label]
        map = scores @ masks.reshape(len(masks), -1) / (len(masks) * share)
        return map.reshape(SIDE, SIDE).numpy()


def module(network, layer):
    """The module of a layer by the name of its value: of an ONNX file's node, or of a stage."""
    if hasattr(network, layer):
        return getattr(network, layer)
    node = layer.removeprefix("/").removesuffix("_output_0")
    return getattr(network, node)


class Ablation:
    """grad-cam's Ablation-CAM, of the first so many channels; the map on the layer's grid is kept."""

    def __init__(self, network, layer, batch=32, channels=None):
        from pytorch_grad_cam import AblationCAM, ablation_cam
        from pytorch_grad_cam.ablation_layer import AblationLayer

        ablation_cam.tqdm.tqdm = lambda parts: parts

        class SomeChannels(AblationLayer):
            def activations_to_be_ablated(self, activations, ratio_channels_to_ablate=1.0):
                found = super().activations_to_be_ablated(activations, ratio_channels_to_ablate)
                self.indices = found[:channels]
                return self.indices

        self.method = AblationCAM(
            network, [module(network, layer)], ablation_layer=SomeChannels(), batch_size=batch
        )

    def map(self, picture, label):
        from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

        kept = {}
        weigh = type(self.method).get_cam_weights

        def weights(*arguments):
            kept["weights"] = weigh(self.method, *arguments)
            kept["activations"] = arguments[3]
            return kept["weights"]

        self.method.get_cam_weights = weights
        with torch.no_grad():
            self.method(picture, [ClassifierOutputTarget(label)])
        self.method.activations_and_grads.release()
        map = numpy.einsum("c,chw->hw", kept["weights"][0], kept["activations"][0])
        return numpy.maximum(map, 0)


class SplitMix64:
    """Vitrine's random numbers, so that both sides show the same masks."""

    GAMMA = 0x9E3779B97F4A7C15
    ALL = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + self.GAMMA) & self.ALL
        bits = self.state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & self.ALL
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & self.ALL
        return bits ^ (bits >> 31)

    @classmethod
    def of(cls, picture, seed=0):
        """The numbers that belong to a picture: they start from what it holds."""
        state = seed
        for bits in picture.astype(numpy.float32).reshape(-1).view(numpy.uint32).tolist():
            state = cls(state ^ bits).next()
        return cls(state)


def own_masks(picture, count, share=0.5):
    """The masks that Vitrine shows of a picture `[3, SIDE, SIDE]`."""
    random = SplitMix64.of(picture)
    length = -(-SIDE // CELLS)
    rejected = (1 << 64) % length
    cells, shifts = numpy.empty((count, CELLS * CELLS), numpy.float32), []
    for row in cells:
        row[:] = [(random.next() >> 40) * 2.0**-24 < share for _ in row]
        pair = []
        while len(pair) < 2:
            bits = random.next()
            if bits >= rejected:
                pair.append(bits % length)
        shifts.append(pair)
    return interpolated(torch.from_numpy(cells.reshape(count, CELLS, CELLS)), shifts)


class Peers:
    """What other programs do with one picture."""

    def __init__(self, network, picture, layer, options):
        last = copy.deepcopy(network).to(memory_format=torch.channels_last)
        self.network, self.networks = network, {"channels first": network, "channels last": last}
        self.array, self.picture = picture, torch.from_numpy(picture)[None]
        self.layer, self.options, self.chosen = layer, options, {}
        with torch.inference_mode():
            self.label = int(network(self.picture).argmax())
        self.masks = None

    def best(self, name, work, batches):
        """The fastest of some sizes of batches and layouts of memory, by one trial each."""
        if name not in self.chosen:
            work(self.network, batches[0])  # warms up
            trials = {}
            for layout, batch in itertools.product(self.networks, batches):
                trials[layout, batch] = timed(lambda: work(self.networks[layout], batch))[0]
            self.chosen[name] = min(trials, key=trials.get)
        layout, batch = self.chosen[name]
        return self.networks[layout], batch

    def gradients(self):
        def few(network, batch):
            return attributions(network, self.picture, self.label, batch, steps=16)

        network, batch = self.best("captum", few, (2, 4, 8, 16))
        return attributions(network, self.picture, self.label, batch)

    def rise(self, masks=None, short=False):
        """With new masks, unless there are some."""
        if masks is None:
            masks = random_masks(self.options.masks)

        def few(network, batch):
            return rise(network, self.picture, self.label, masks[:32], batch, short)

        network, batch = self.best(f"RISE{short * ', bfloat16'}", few, (2, 4, 8, 16, 32))
        return rise(network, self.picture, self.label, masks, batch, short)

    def known_rise(self, short=False):
        """With the masks of Vitrine, made before."""
        if self.masks is None:
            self.masks = own_masks(self.array, self.options.masks)
        return self.rise(self.masks, short)

    def ablation(self):
        def few(network, batch):
            return Ablation(network, self.layer, batch, 32).map(self.picture, self.label)

        network, batch = self.best("grad-cam", few, (8, 16, 32))
        method = Ablation(network, self.layer, batch, self.options.channels)
        return method.map(self.picture, self.label)
