"""Small PyTorch networks of kinds that torchvision and timm have none of."""

import torch
from torch import nn


class FirstOutput(nn.Module):
    """Gives the entry `out` of a segmentation network, as people export it."""

    def __init__(self, network: nn.Module):
        super().__init__()
        self.network = network

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.network(x)["out"]


def convolution(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    """A 3 × 3 convolution with batch normalization and a rectifier."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class UNet(nn.Module):
    """Scores [N, classes, rows, columns]; transposed convolutions and bilinear enlargement."""

    def __init__(self, classes: int = 4, width: int = 16):
        super().__init__()
        self.first = nn.Sequential(convolution(3, width), convolution(width, width))
        self.second = convolution(width, 2 * width, 2)
        self.third = convolution(2 * width, 4 * width, 2)
        self.up = nn.ConvTranspose2d(4 * width, 2 * width, 2, 2)
        self.middle = convolution(4 * width, 2 * width)
        self.enlarge = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.last = convolution(3 * width, width)
        self.head = nn.Conv2d(width, classes, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first = self.first(x)
        second = self.second(first)
        middle = self.middle(torch.cat([self.up(self.third(second)), second], 1))
        return self.head(self.last(torch.cat([self.enlarge(middle), first], 1)))


class TextReader(nn.Module):
    """Convolutions, then a bidirectional LSTM: scores [steps, N, symbols] for CTC."""

    def __init__(self, symbols: int = 37, width: int = 32):
        super().__init__()
        self.body = nn.Sequential(
            convolution(1, width),
            nn.MaxPool2d(2),
            convolution(width, 2 * width),
            nn.MaxPool2d(2),
            convolution(2 * width, 2 * width),
            nn.MaxPool2d((8, 1)),
        )
        self.recurrent = nn.LSTM(2 * width, width, bidirectional=True)
        self.head = nn.Linear(2 * width, symbols)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        steps = self.body(x).squeeze(2).permute(2, 0, 1)
        return self.head(self.recurrent(steps)[0])


class Detector(nn.Module):
    """Boxes and classes joined in one axis, [N, 4 + classes, anchors], as recent YOLO have them."""

    ends_in_sigmoid = True

    def __init__(self, classes: int = 6, width: int = 16):
        super().__init__()
        self.stem = nn.Sequential(
            convolution(3, width, 2), convolution(width, 2 * width, 2)
        )
        self.middle = convolution(2 * width, 4 * width, 2)
        self.deep = convolution(4 * width, 4 * width, 2)
        self.heads = nn.ModuleList(
            [nn.Conv2d(4 * width, 4 + classes, 1) for _ in range(2)]
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        middle = self.middle(self.stem(x))
        stages = [middle, self.deep(middle)]
        rows = [head(s).flatten(2) for head, s in zip(self.heads, stages)]
        joined = torch.cat(rows, 2)
        return torch.cat([joined[:, :4].exp(), joined[:, 4:].sigmoid()], 1)
