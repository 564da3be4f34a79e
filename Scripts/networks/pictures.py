"""The pictures of the examples as arrays."""

from pathlib import Path

import numpy
from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "Examples" / "pictures"
NAMES = ("chelsea.png", "astronaut.png", "coffee.png", "cat-beside-coffee.png")
EXPLAINED = FOLDER / NAMES[0]


def picture(name: str, shape: tuple[int, ...]) -> numpy.ndarray:
    """One picture as [channels, positions…], about −2 to 2; a volume shows it moving to the left."""
    rows, columns = shape[-2:]
    mode = "L" if shape[0] == 1 else "RGB"
    image = Image.open(FOLDER / name).convert(mode).resize((columns, rows))
    values = numpy.asarray(image, numpy.float32) / 63.75 - 2
    values = values.reshape(rows, columns, shape[0]).transpose(2, 0, 1)
    if len(shape) == 3:
        return values
    frames = [numpy.roll(values, -4 * step, axis=2) for step in range(shape[1])]
    return numpy.stack(frames, axis=1)


def pictures(shape: tuple[int, ...]) -> numpy.ndarray:
    """All pictures, [samples, channels, positions…]."""
    return numpy.stack([picture(name, shape) for name in NAMES])
