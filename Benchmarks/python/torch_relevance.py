"""Relevance-CAM of a `ResidualNetwork` in PyTorch, as relevance is usually written there.

Hooks keep what every module received; then modules are visited backwards, and each computes its
contributions anew and lets autograd bring the quotient back. Convolutions and the linear layer
follow z+ (positive inputs meet positive weights, negative inputs negative ones; biases are left
out), sums and averages their contributions; batch norms and rectifiers pass everything on.
"""

import torch
from torch import nn
from torch.nn import functional

from torch_networks import ResidualBlock


def quotient(relevance, total):
    """`relevance / total`, and 0 where `total` is 0."""
    isZero = total == 0
    return torch.where(isZero, torch.zeros_like(total), relevance / (total + isZero))


class RelevancePass:
    """One forward pass with hooks, and the way back."""

    def __init__(self, network):
        self.network = network
        self.received = {}

    def forward(self, value):
        hooks = [
            module.register_forward_hook(self.keep)
            for module in self.network.modules()
            if isinstance(module, (nn.Conv2d, nn.Linear, nn.AdaptiveAvgPool2d, ResidualBlock))
        ]
        with torch.no_grad():
            scores = self.network(value)
        for hook in hooks:
            hook.remove()
        return scores

    def keep(self, module, inputs, output):
        # Rectifiers work in place on batch norms' results, never on these inputs.
        self.received[module] = inputs[0], output

    def down_to(self, layer, relevance):
        """The relevance of the output of the stage `layer` for that of the scores."""
        network = self.network
        relevance = self.through_linear(network.fc, relevance)
        relevance = self.through_average(network.avgpool, relevance[:, :, None, None])
        names = network.stage_names
        for name in reversed(names[names.index(layer) + 1 :]):
            for block in reversed(getattr(network, name)):
                relevance = self.through_block(block, relevance)
        return relevance

    def through_block(self, block, relevance):
        received, _ = self.received[block]
        branch, skip = self.summands(block, received)
        share = quotient(relevance, branch + skip)
        on_branch, on_skip = branch * share, skip * share
        for index in range(block.depth, 0, -1):
            on_branch = self.through_linear(getattr(block, f"conv{index}"), on_branch)
        if block.downsample is not None:
            on_skip = self.through_linear(block.downsample[0], on_skip)
        return on_branch + on_skip

    def summands(self, block, received):
        last = getattr(block, f"conv{block.depth}")
        with torch.no_grad():
            branch = getattr(block, f"bn{block.depth}")(self.received[last][1])
            if block.downsample is None:
                return branch, received
            return branch, block.downsample[1](self.received[block.downsample[0]][1])

    def through_linear(self, module, relevance):
        received, _ = self.received[module]
        terms = []
        for bounds in ({"min": 0}, {"max": 0}):
            part = received.clamp(**bounds).requires_grad_()
            weight = module.weight.detach().clamp(**bounds)
            terms.append((part, self.apply(module, part, weight)))
        share = quotient(relevance, sum(result.detach() for _, result in terms))
        return sum(
            part.detach() * torch.autograd.grad(result, part, share)[0] for part, result in terms
        )

    def through_average(self, module, relevance):
        part = self.received[module][0].clamp(min=0).requires_grad_()
        result = module(part)
        share = quotient(relevance, result.detach())
        return part.detach() * torch.autograd.grad(result, part, share)[0]

    @staticmethod
    def apply(module, value, weight):
        if isinstance(module, nn.Linear):
            return functional.linear(value, weight)
        return functional.conv2d(value, weight, None, module.stride, module.padding)


def relevance_cam(network, layer, value, targets=None):
    """The signed map `[samples, positions…]` of a stage, for the arg-max class unless given.

    The scores start with 1 for the class and -1/(N-1) for each of the others.
    """
    relevance_pass = RelevancePass(network)
    scores = relevance_pass.forward(value)
    targets = scores.argmax(1) if targets is None else targets
    start = torch.full_like(scores, -1 / (scores.shape[1] - 1))
    start[torch.arange(len(start)), targets] = 1
    relevance = relevance_pass.down_to(layer, start)
    activation = relevance_pass.received[getattr(network, layer)[-1]][1]
    return (relevance.sum(dim=(2, 3), keepdim=True) * activation).sum(dim=1)
