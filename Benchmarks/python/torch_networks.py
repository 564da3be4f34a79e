"""The networks of `make_models.py` as torch modules, with the weights of their ONNX files."""

import onnx
import torch
from onnx import numpy_helper
from torch import nn


class ResidualBlock(nn.Module):
    """Convolutions with batch norm and rectifier, added to the (projected) input."""

    def __init__(self, rank, inputs, convolutions):
        super().__init__()
        width = inputs
        self.depth = len(convolutions)
        for index, (channels, kernel, stride) in enumerate(convolutions, start=1):
            convolution = make_convolution(rank, width, channels, kernel, stride)
            self.add_module(f"conv{index}", convolution)
            self.add_module(f"bn{index}", make_batch_norm(rank, channels))
            width = channels
        stride = max(stride for _, _, stride in convolutions)
        self.downsample = None
        if stride != 1 or inputs != width:
            self.downsample = nn.Sequential(
                make_convolution(rank, inputs, width, 1, stride), make_batch_norm(rank, width)
            )
        self.relu = nn.ReLU(inplace=True)

    def forward(self, value):
        branch = value
        for index in range(1, self.depth + 1):
            branch = getattr(self, f"bn{index}")(getattr(self, f"conv{index}")(branch))
            if index < self.depth:
                branch = self.relu(branch)
        skip = value if self.downsample is None else self.downsample(value)
        branch += skip
        return self.relu(branch)


class ResidualNetwork(nn.Module):
    """Stem, stages `layer1`, `layer2`, ..., pooling if any, flatten, linear."""

    def __init__(self, stem, stages, head):
        super().__init__()
        self.conv1, self.bn1, self.maxpool = stem
        self.relu = nn.ReLU(inplace=True)
        self.stage_names = [f"layer{index}" for index in range(1, len(stages) + 1)]
        for name, stage in zip(self.stage_names, stages):
            self.add_module(name, stage)
        self.avgpool, self.fc = head

    def forward(self, value):
        return self.above(self.below(value, self.stage_names[-1]), self.stage_names[-1])

    def below(self, value, layer):
        """The output of the stage `layer` for the network input `value`."""
        value = self.maxpool(self.relu(self.bn1(self.conv1(value))))
        for name in self.stage_names[: self.stage_names.index(layer) + 1]:
            value = getattr(self, name)(value)
        return value

    def above(self, value, layer):
        """The logits for the output `value` of the stage `layer`."""
        for name in self.stage_names[self.stage_names.index(layer) + 1 :]:
            value = getattr(self, name)(value)
        return self.fc(torch.flatten(self.avgpool(value), 1))


def make_convolution(rank, inputs, outputs, kernel, stride):
    kind = {1: nn.Conv1d, 2: nn.Conv2d}[rank]
    return kind(inputs, outputs, kernel, stride, kernel // 2, bias=False)


def make_batch_norm(rank, channels):
    return {1: nn.BatchNorm1d, 2: nn.BatchNorm2d}[rank](channels)


def make_stage(rank, inputs, blocks):
    modules = []
    for convolutions in blocks:
        modules.append(ResidualBlock(rank, inputs, convolutions))
        inputs = convolutions[-1][0]
    return nn.Sequential(*modules)


def make_resnet50():
    stages, channels = [], 64
    for stage, (count, width) in enumerate([(3, 64), (4, 128), (6, 256), (3, 512)]):
        blocks = [
            [(width, 1, 1), (width, 3, 2 if index == 0 and stage > 0 else 1), (4 * width, 1, 1)]
            for index in range(count)
        ]
        stages.append(make_stage(2, channels, blocks))
        channels = 4 * width
    stem = (make_convolution(2, 3, 64, 7, 2), make_batch_norm(2, 64), nn.MaxPool2d(3, 2, 1))
    return ResidualNetwork(stem, stages, (nn.AdaptiveAvgPool2d(1), nn.Linear(channels, 1000)))


def make_resnet1d():
    stages, channels = [], 64
    for stage in range(6):
        blocks = [[(100, 5, 2 if stage > 0 else 1), (100, 5, 1)], [(100, 5, 1), (100, 5, 1)]]
        stages.append(make_stage(1, channels, blocks))
        channels = 100
    stem = (make_convolution(1, 1, 64, 5, 1), make_batch_norm(1, 64), nn.Identity())
    return ResidualNetwork(stem, stages, (nn.Identity(), nn.Linear(3200, 30)))


def load(name, directory):
    """The network `resnet50` or `resnet1d`, ready for inference, with the weights of its file."""
    network = {"resnet50": make_resnet50, "resnet1d": make_resnet1d}[name]()
    graph = onnx.load(directory / f"{name}.onnx").graph
    weights = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
        for tensor in graph.initializer
    }
    missing, unexpected = network.load_state_dict(weights, strict=False)
    missing = [key for key in missing if not key.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise SystemExit(f"{name}.onnx: missing {missing}, unexpected {unexpected}")
    return network.eval()


def grad_cam(network, layer, value, targets=None):
    """Grad-CAM written as most scripts write it: a hook on the layer and `torch.autograd.grad`.

    Explains the arg-max class of each sample unless `targets` is given. Returns logits,
    activation, gradient, and the map before rectification.
    """
    kept = {}
    hook = getattr(network, layer).register_forward_hook(
        lambda module, inputs, output: kept.update(activation=output)
    )
    logits = network(value)
    hook.remove()
    return explain(logits, kept["activation"], targets)


def lean_grad_cam(network, layer, value, targets=None):
    """The same with the least work torch allows: nothing below the layer is recorded."""
    with torch.no_grad():
        activation = network.below(value, layer)
    leaf = activation.requires_grad_()
    # The modules rectify in place, so what they are given must not be the leaf itself.
    return explain(network.above(leaf.view_as(leaf), layer), leaf, targets)


def explain(logits, activation, targets):
    targets = logits.argmax(1) if targets is None else targets
    score = logits.gather(1, targets[:, None]).sum()
    (gradient,) = torch.autograd.grad(score, activation)
    weights = gradient.mean(dim=tuple(range(2, gradient.dim())), keepdim=True)
    signed = (weights * activation).sum(dim=1)
    return logits.detach(), activation.detach(), gradient, signed.detach()
