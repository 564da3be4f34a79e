"""Prints what other libraries make of one small network, as Swift for PerturbationReferences.swift.

Needs torch, captum, grad-cam and torchcam; the versions that were used are printed first.
"""

import itertools
from importlib.metadata import version

import numpy as np
import torch
from captum.attr import Lime, Occlusion, ShapleyValues
from captum._utils.models.linear_model import SkLearnRidge
from pytorch_grad_cam import AblationCAM, EigenCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torchcam.methods import ISCAM, SSCAM


def numbers(shape, step, start=0):
    """The numbers of a tensor: multiples of a twelfth that are the same everywhere."""
    count = int(np.prod(shape))
    values = [((index * step + start) % 23 - 11) / 12 for index in range(count)]
    return torch.tensor(values, dtype=torch.float32).reshape(shape)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv2d(2, 4, 3, padding=1)
        self.layer = torch.nn.ReLU()
        self.second = torch.nn.Conv2d(4, 5, 3, padding=1)
        self.last = torch.nn.Linear(5, 3)
        with torch.no_grad():
            self.first.weight.copy_(numbers([4, 2, 3, 3], 7))
            self.first.bias.copy_(numbers([4], 5, 3))
            self.second.weight.copy_(numbers([5, 4, 3, 3], 9, 4))
            self.second.bias.copy_(numbers([5], 3, 8))
            self.last.weight.copy_(numbers([3, 5], 10, 6))
            self.last.bias.copy_(numbers([3], 4, 14))

    def forward(self, x):
        second = torch.relu(self.second(self.layer(self.first(x))))
        return self.last(second.mean(dim=(2, 3)))


class SplitMix64:
    """The generator of the same name in Swift, with its sum of twelve uniform numbers."""

    mask = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed & self.mask

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.mask
        bits = self.state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & self.mask
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & self.mask
        return bits ^ (bits >> 31)

    def normal(self):
        total = np.float32(-6)
        for _ in range(12):
            total += np.float32((self.next() >> 40) * 2.0**-24)
        return total


def seed(tensor, start):
    """A number made of the bits of the elements."""
    state = start
    for bits in tensor.numpy().ravel().view(np.uint32):
        state = SplitMix64(state ^ int(bits)).next()
    return state


def swift(name, values):
    text = ", ".join(f"{float(value):.7g}" for value in np.asarray(values).ravel())
    print(f"  static let {name}: [Double] = [\n    {text}\n  ]\n")


torch.set_num_threads(1)
network = Network().eval()
x = (numbers([1, 2, 6, 8], 13, 2) + 1) / 2
print(", ".join(f"{name} {version(name)}" for name in ["torch", "captum", "grad-cam", "torchcam"]))
with torch.no_grad():
    swift("scores", network(x))


def grad_cam(method, target):
    """The map before it is stretched and resized, and the weights where there are some."""
    targets = [ClassifierOutputTarget(target)]
    with method(model=network, target_layers=[network.layer]) as cam:
        with torch.no_grad():
            activation = network.layer(network.first(x)).numpy()
        image = cam.get_cam_image(x, cam.target_layers[0], targets, activation, None, False)
        return image[0]


for target in [0, 2]:
    swift(f"ablation{target}", grad_cam(AblationCAM, target))
swift("eigen", grad_cam(EigenCAM, 0))

COUNT = 3


class Noise:
    """The noise that Swift adds: for each channel the sets one after the other."""

    def __init__(self, channels, places):
        self.sets = np.zeros([COUNT, channels, places], dtype=np.float32)
        for channel in range(channels):
            generator = SplitMix64(seed(x[0], 0) ^ channel)
            for index in range(COUNT):
                for place in range(places):
                    self.sets[index, channel, place] = generator.normal()
        self.drawn = 0

    def sample(self, size):
        self.drawn += 1
        return torch.tensor(0.5 * self.sets[self.drawn - 1]).reshape(size)


def torch_cam(extractor):
    with torch.no_grad():
        network(x)
        return extractor._get_weights(1, None)[0]


with SSCAM(network, "layer", num_samples=COUNT, std=0.5, input_shape=(2, 6, 8)) as extractor:
    extractor._distrib = Noise(4, 48)
    swift("smoothed", torch_cam(extractor))
with ISCAM(network, "layer", num_samples=4, input_shape=(2, 6, 8)) as extractor:
    swift("integrated", torch_cam(extractor))

swift(
    "occlusion",
    Occlusion(network).attribute(
        x, sliding_window_shapes=(2, 2, 3), strides=(2, 1, 1), baselines=0, target=1
    )[0, 0],
)



def cells_of(count):
    """Which of `count` cells along each side a pixel lies in."""
    rows = torch.arange(6) * count // 6
    columns = torch.arange(8) * count // 8
    return rows[:, None] * count + columns[None, :]


cells = cells_of(2)
areas = torch.bincount(cells.ravel())
shares = ShapleyValues(network).attribute(
    x, baselines=0, target=1, feature_mask=cells[None, None].expand(1, 2, 6, 8).contiguous()
)
swift("shapley", shares[0, 0] / areas[cells])

cells = cells_of(3)
areas = torch.bincount(cells.ravel())
subsets = torch.tensor(list(itertools.product([0, 1], repeat=9)))


def similarity(_, __, kept, **___):
    """Of the subset and the whole: the cosine distance, with a width of a quarter."""
    distance = 1 - float(torch.sqrt(kept.double().mean()))
    return np.exp(-(distance**2) / (2 * 0.25**2))


def given(_, **__):
    for subset in subsets:
        yield subset[None]


lime = Lime(network, SkLearnRidge(alpha=1.0), similarity, given)
lime.perturb_func = given
weights = lime.attribute(
    x, baselines=0, target=1, feature_mask=cells[None, None].expand(1, 2, 6, 8).contiguous(), n_samples=512
)
swift("lime", weights[0, 0] / areas[cells])
