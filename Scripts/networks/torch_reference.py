"""Gradients of PyTorch networks by torch.autograd."""

from collections.abc import Iterator

import numpy
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

import make_torch
import torch_catalog


class Recorder(TorchFunctionMode):
    """Keeps what the functions of PyTorch return, where it has as many elements as a layer."""

    def __init__(self, count: int):
        super().__init__()
        self.count = count
        self.tensors: list[torch.Tensor] = []

    def __torch_function__(self, function, types, arguments=(), keywords=None):
        result = function(*arguments, **(keywords or {}))
        self.tensors += [
            leaf
            for leaf in tree_leaves(result)
            if isinstance(leaf, torch.Tensor)
            and leaf.numel() == self.count
            and leaf.requires_grad
        ]
        return result


class TorchReference:
    """A network of the catalog, built again with the same weights."""

    def __init__(self, name: str):
        (architecture,) = [a for a in torch_catalog.networks() if a.name == name]
        self.network = make_torch.build(architecture)

    def gradients(
        self, sample: numpy.ndarray, element: int, count: int
    ) -> Iterator[tuple[numpy.ndarray, numpy.ndarray]]:
        """For each inner value of `count` elements: its elements, and the gradient of a score in it.

        The score is one element of the output, counted in the order of memory.
        """
        recorder = Recorder(count)
        with recorder:
            output = self.network(torch.from_numpy(sample))
        tensors = [tensor for tensor in recorder.tensors if tensor is not output]
        score = output.flatten()[element]
        if getattr(self.network, "ends_in_sigmoid", False):
            score = torch.logit(score)  # maps are of the score before it
        gradients = torch.autograd.grad(score, tensors, allow_unused=True)
        for tensor, gradient in zip(tensors, gradients):
            if gradient is not None:
                yield tensor.detach().numpy(), gradient.numpy()
