"""Writes the table of networks from what check.py found: table.py RESULTS... > Documentation/Networks.md"""

import json
import re
import sys
import textwrap
from pathlib import Path

from comparison import Row

# Differences up to these count as equal: of outputs, and of maps, relative to their range.
OUTPUT_LIMIT = 1e-3
MAP_LIMIT = 1e-3

INTRODUCTION = """# Networks that were tried

Architectures of torchvision, timm and Keras with random weights, in the files that their exporters
write, explained by `vitrine explain` with default settings; of scores with positions, the top class at
its best position. [Scripts/networks](../Scripts/networks)
makes the files and this page. The weights are random, but no constants: scales, offsets and layer
scales are varied, and batch normalizations fitted to pictures.

- *Outputs*: the largest difference from ONNX Runtime, relative to the range of the output.
- *Grad-CAM*: the largest difference, relative to the range of the map, from the same network in its
  framework, by `torch.autograd` or `tf.GradientTape`. The layer is found there by its values.
- *Relevance-CAM*: whether it is finite and not zero everywhere, or refused. It is compared with nothing
  here; tests compare relevance with literal references.
- *Seconds*: processor time of one call of the command (a release build, on a machine with other work)
  with both methods on a picture, from its start to its files.

{both} architectures of PyTorch are written by both of its exporters, the one that traces TorchScript and
the one that is built on torch.export (dynamo), and equal in both files.

{files} files of {architectures} architectures: one architecture may be written by several exporters,
and the same Keras network in both layouts. Differences up to {output:g} of outputs and {map:g} of maps
count as equal. Outputs and Grad-CAM are equal in {equal} of {files} files; Relevance-CAM is finite in
{finite} and refused, with its reason, in {refused}.
"""

CLOSING = """
No layer of a vision transformer or behind an LSTM offers more to relevance: from its last attention on only
the class token counts, and steps of a recurrence have seen all others.

Keras takes `activation="softmax"` over the columns where channels are first. Such a network is explained by
its channels as classes, without probabilities, because it computes none of them; the U-Net above has a
`Softmax` over its channels instead.
"""


def rows(folders: list[Path]) -> list[Row]:
    """The lines that check.py wrote."""
    files = [file for folder in folders for file in sorted(folder.glob("*.json"))]
    return [Row(**json.loads(file.read_text())) for file in files]


def is_equal(row: Row) -> bool:
    """Whether outputs and Grad-CAM are equal."""
    return (
        row.output_difference is not None
        and row.output_difference <= OUTPUT_LIMIT
        and row.map_difference is not None
        and row.map_difference <= MAP_LIMIT
    )


def is_right(row: Row) -> bool:
    """Whether everything that can be compared is equal, and nothing is refused."""
    return is_equal(row) and row.is_relevance_finite is True and not row.failures


def architecture(row: Row) -> str:
    """The name of a network without the layout of its channels."""
    return row.name.removesuffix(".channels_first").removesuffix(".channels_last")


def difference(value: float | None) -> str:
    """A difference as a cell."""
    return "–" if value is None else f"{value:.0e}"


def line(row: Row) -> str:
    """A line of a table in Markdown."""
    relevance = {True: "finite", False: "**not finite**", None: "refused"}
    shape = "×".join(map(str, row.layer_shape or []))
    cells = [
        row.name,
        row.exporter,
        f"`{row.layer}` {shape}" if row.layer else "–",
        difference(row.output_difference),
        difference(row.map_difference),
        relevance[row.is_relevance_finite],
        "–" if row.seconds is None else f"{row.seconds:.1f}",
    ]
    return "| " + " | ".join(cells) + " |"


def table(entries: list[Row]) -> list[str]:
    """Lines with their heading."""
    heading = "| network | exporter | default layer | outputs | Grad-CAM | Relevance-CAM | seconds |"
    return [heading, "| --- | --- | --- | --- | --- | --- | --- |", *map(line, entries)]


def plain(text: str) -> str:
    """A message without the colors of a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def remarks(entries: list[Row]) -> list[str]:
    """What was refused or differs, with its reasons, and what the command warned of."""
    lines = []
    for row in entries:
        texts = row.failures + row.notes
        if not texts and not is_right(row):
            texts = ["differs"]
        if texts:
            reasons = "; ".join(textwrap.shorten(plain(text), 240) for text in texts)
            lines.append(f"- {row.name}, {row.exporter}: {reasons}")
    return lines


def in_both(entries: list[Row]) -> int:
    """How many architectures are equal in the files of both exporters of PyTorch."""
    names = [
        {row.name for row in entries if row.exporter == exporter and is_equal(row)}
        for exporter in ("torchscript", "dynamo")
    ]
    return len(names[0] & names[1])


def page(entries: list[Row]) -> str:
    """The whole page."""
    text = INTRODUCTION.format(
        files=len(entries),
        architectures=len({architecture(row) for row in entries}),
        output=OUTPUT_LIMIT,
        map=MAP_LIMIT,
        both=in_both(entries),
        equal=sum(map(is_equal, entries)),
        finite=sum(row.is_relevance_finite is True for row in entries),
        refused=sum(is_equal(row) and row.is_relevance_finite is None for row in entries),
    )
    lines = [text]
    lines += table(entries)
    lines += ["", "## What failed, and what is to be said", "", *remarks(entries)]
    return "\n".join(lines) + "\n" + CLOSING


def main() -> None:
    entries = rows([Path(folder) for folder in sys.argv[1:]])
    print(page(entries), end="")


if __name__ == "__main__":
    main()
