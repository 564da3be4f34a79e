"""Random weights that make a network respond to its input as a trained one does."""

import zlib

import torch
from torch import nn

# Statistics that are fitted to pictures come out the same whatever else runs.
torch.set_num_threads(1)


def vary(network: nn.Module, name: str, pictures: torch.Tensor) -> nn.Module:
    """Varies what a library sets to constants, and fits batch normalization to pictures.

    Scales of one, offsets of zero and layer scales of a millionth hide errors: with them a block
    does nothing, or every channel counts alike.
    """
    torch.manual_seed(zlib.crc32(name.encode()))
    with torch.no_grad():
        for parameter in network.parameters():
            vary_constant(parameter)
        fit_normalizations(network, pictures)
    for module in network.modules():
        if hasattr(module, "inplace"):
            module.inplace = False
    return network.eval()


def vary_constant(parameter: nn.Parameter) -> None:
    """Replaces a parameter whose elements are all the same."""
    first = parameter.flatten()[0]
    if not bool((parameter == first).all()):
        return
    if float(first) == 0:
        parameter.normal_(0, 0.1)
    else:
        parameter.uniform_(0.5, 1.5)


def fit_normalizations(network: nn.Module, pictures: torch.Tensor) -> None:
    """Sets the statistics of batch normalizations to those of a pass over pictures."""
    network.eval()
    for module in network.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.reset_running_stats()
            module.momentum = None
            module.train()
    network(pictures)
