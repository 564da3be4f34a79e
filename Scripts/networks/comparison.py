"""Compares what `vitrine` says of a network with ONNX Runtime and with a framework's gradients."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy

from expected import Expected, GradientReference, Question
from maps import relative
from vitrine_command import CommandError, Explained, Vitrine


@dataclass
class Row:
    """A line of the table; what is None was not reached, and `failures` say why."""

    name: str
    exporter: str
    layer: str | None = None
    layer_shape: list[int] | None = None
    output_difference: float | None = None
    map_difference: float | None = None
    is_relevance_finite: bool | None = None
    seconds: float | None = None
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fail(self, reason: str) -> None:
        """Adds a reason for which something is refused or wrong."""
        self.failures.append(reason)

    def fields(self) -> dict[str, Any]:
        """The line for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Comparison:
    """How files are compared: the command, the framework's network, and where answers are kept.

    `offset` says where classes begin on their axis of the output.
    """

    vitrine: Vitrine
    build: Callable[[], GradientReference]
    answers: Path
    options: tuple[str, ...] = ()
    offset: int = 0

    def fill(self, row: Row, file: Path, sample: Path) -> None:
        """Fills the line of a file."""
        methods = ["grad-cam", "relevance-cam"]
        try:
            explained = self.vitrine.explain(file, sample, methods, self.options)
        except CommandError as error:
            row.fail(str(error))
            try:
                explained = self.vitrine.explain(
                    file, sample, methods[:1], self.options
                )
            except CommandError:
                return
        gradient = explained[methods[0]]
        layer = gradient.manifest["layer"]
        row.layer, row.layer_shape = layer["name"], layer["shape"]
        row.seconds = gradient.seconds
        row.notes += gradient.warnings
        if methods[1] in explained:
            values = explained[methods[1]].arrays["map"]
            row.is_relevance_finite = bool(
                numpy.isfinite(values).all() and values.any()
            )
        self.compare_arrays(row, file, gradient)

    def compare_arrays(self, row: Row, file: Path, explained: Explained) -> None:
        """Compares the scores and the map of one explanation."""
        question = asked(file, explained, self.offset)
        expected = Expected.kept(question, self.build, self.answers)
        row.output_difference = output_difference(expected.output, explained, question)
        complain_of_probability(row, expected.output, explained.manifest)
        map_ = explained.arrays["map"].squeeze()
        differences = [relative(map_ - other, other) for other in expected.maps]
        row.map_difference = min(differences, default=None)
        if not differences:
            row.fail(f"the framework has no value like {row.layer}")


def asked(file: Path, explained: Explained, offset: int) -> Question:
    """The question that an explanation answers."""
    manifest, arrays = explained.manifest, explained.arrays
    positions = manifest.get("positions") or {}
    return Question(
        file,
        manifest["layer"]["name"],
        manifest["classIndex"],
        arrays["input"],
        arrays["map"].squeeze().shape,
        tuple(extent for extent in positions.get("grid", ()) if extent > 1),
        tuple(
            place
            for place, extent in zip(
                positions.get("position") or (), positions.get("grid", ())
            )
            if extent > 1
        ),
        offset,
    )


def output_difference(
    output: numpy.ndarray, explained: Explained, question: Question
) -> float:
    """The difference of the scores from an output, of which they are logits or the values.

    Of an output with positions, the scores are those at the place that is explained.
    """
    scores, row = explained.arrays["scores"], question.row(output)
    forms = (scores, softmax(scores), sigmoid(scores))
    return min(relative(form - row, output) for form in forms)


def complain_of_probability(
    row: Row, output: numpy.ndarray, manifest: dict[str, Any]
) -> None:
    """Says where a probability is not the network's."""
    probability = manifest.get("probability")
    if probability is not None and abs(output - probability).min() > 1e-4:
        row.fail(f"a probability of {probability:.4f} that the network does not say")


def softmax(scores: numpy.ndarray) -> numpy.ndarray:
    """Probabilities of which one class holds."""
    powers = numpy.exp(scores - scores.max(axis=0))
    return powers / powers.sum(axis=0)


def sigmoid(scores: numpy.ndarray) -> numpy.ndarray:
    """Probabilities of each class by itself."""
    return 1 / (1 + numpy.exp(-scores))
