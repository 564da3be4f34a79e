"""Trains the same networks with PyTorch and Vitrine in turn and prints milliseconds per epoch.

    python compare_training.py --vitrine PATH/vitrine-bench [--threads 2] [--rounds 5]

Networks, batch size, optimizer (AdamW), loss and number type are the same; spectra are made up.
"""

import argparse
import statistics
import subprocess
import time

# (network, spectra, points, spectra per step)
CASES = [
    ("three-convolutions", 84, 448, 12),
    ("positional", 84, 448, 12),
    ("three-convolutions", 512, 810, 32),
    ("resnet-average", 84, 448, 12),
]
EPOCHS = 12


def network(name, points):
    from torch import nn

    def stack(channels, kernels):
        layers, inputs = [], 1
        for outputs, kernel in zip(channels, kernels):
            layers += [
                nn.Conv1d(inputs, outputs, kernel, padding=kernel // 2, bias=False),
                nn.BatchNorm1d(outputs),
                nn.ReLU(),
            ]
            inputs = outputs
        return layers

    class Block(nn.Module):
        def __init__(self, inputs, outputs, stride):
            super().__init__()
            self.body = nn.Sequential(
                nn.Conv1d(inputs, outputs, 5, stride, 2, bias=False),
                nn.BatchNorm1d(outputs),
                nn.ReLU(),
                nn.Conv1d(outputs, outputs, 5, 1, 2, bias=False),
                nn.BatchNorm1d(outputs),
            )
            self.shortcut = nn.Sequential()
            if stride != 1 or inputs != outputs:
                self.shortcut = nn.Sequential(
                    nn.Conv1d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm1d(outputs)
                )
            self.end = nn.ReLU()

        def forward(self, x):
            return self.end(self.body(x) + self.shortcut(x))

    mean = [nn.AdaptiveAvgPool1d(1), nn.Flatten()]
    if name == "three-convolutions":
        return nn.Sequential(*stack([16, 32, 64], [21, 11, 5]), *mean, nn.Linear(64, 3))
    if name == "positional":
        return nn.Sequential(
            *stack([8, 8, 8], [21, 11, 5]), nn.Flatten(), nn.Linear(8 * points, 3)
        )
    layers = [nn.Conv1d(1, 64, 5, 1, 2, bias=False), nn.BatchNorm1d(64), nn.ReLU()]
    inputs = 64
    for stage in range(6):
        for block in range(2):
            layers.append(Block(inputs, 100, 2 if stage > 0 and block == 0 else 1))
            inputs = 100
    return nn.Sequential(*layers, *mean, nn.Linear(100, 3))


def torch_epoch(name, count, points, batch):
    import torch

    torch.manual_seed(1)
    x, y = torch.randn(count, 1, points), torch.arange(count) % 3
    net = network(name, points)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
    loss = torch.nn.CrossEntropyLoss()
    times = []
    for _ in range(EPOCHS):
        start = time.perf_counter()
        for part in torch.randperm(count).split(batch):
            optimizer.zero_grad(set_to_none=True)
            loss(net(x[part]), y[part]).backward()
            optimizer.step()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times[1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vitrine", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    try:
        import torch
    except ImportError:
        print("torch is not installed; nothing is compared")
        return
    torch.set_num_threads(options.threads)
    print("| network, spectra × points, batch | PyTorch ms per epoch | Vitrine | ratio |")
    print("| --- | --: | --: | --: |")
    for name, count, points, batch in CASES:
        ours, theirs = [], []
        for _ in range(options.rounds):
            theirs.append(torch_epoch(name, count, points, batch))
            words = [name, count, points, batch, EPOCHS]
            command = [options.vitrine, "train", *map(str, words), "--threads", str(options.threads)]
            ours.append(float(subprocess.run(command, capture_output=True, check=True).stdout))
        (slow, fast) = statistics.median(theirs), statistics.median(ours)
        print(
            f"| {name}, {count} × {points}, {batch} | {slow:.1f} | {fast:.1f} | "
            f"{slow / fast:.2f} ({min(theirs) / min(ours):.2f}) |",
            flush=True,
        )


if __name__ == "__main__":
    main()
