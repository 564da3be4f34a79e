#!/usr/bin/env python3
"""Draws the pictures of Examples/shapes: discs, squares and triangles on uneven grounds.

    Scripts/make_shapes.py Examples/shapes
"""

import math
import pathlib
import random
import sys

from PIL import Image, ImageDraw, ImageFilter

SIZE = 128


def corners(count, middle, radius, turn):
    x, y = middle
    return [
        (x + radius * math.cos(turn + 2 * math.pi * k / count),
         y + radius * math.sin(turn + 2 * math.pi * k / count))
        for k in range(count)
    ]


def picture(kind, draw):
    def color():
        return tuple(draw.randrange(40, 216) for _ in range(3))

    ground = Image.new("RGB", (4, 4))
    ground.putdata([color() for _ in range(16)])
    image = ground.resize((SIZE, SIZE), Image.Resampling.BICUBIC).filter(
        ImageFilter.GaussianBlur(4))
    pen = ImageDraw.Draw(image)
    middle = tuple(draw.randrange(44, SIZE - 44) for _ in range(2))
    radius = draw.randrange(24, 42)
    fill = color()
    if kind == "disc":
        x, y = middle
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
    else:
        count = {"square": 4, "triangle": 3}[kind]
        pen.polygon(corners(count, middle, radius * 1.2, draw.uniform(0, math.pi)), fill=fill)
    return image


def main():
    folder = pathlib.Path(sys.argv[1])
    draw = random.Random(7)
    for kind in ["disc", "square", "triangle"]:
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for index in range(10):
            picture(kind, draw).save(folder / kind / f"{index}.jpg", quality=85)


main()
