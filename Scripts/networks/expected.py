"""What a network gives by ONNX Runtime and by its framework, kept between runs."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy

from maps import aligned, grad_cam_candidates
from onnx_reference import OnnxReference


class GradientReference(Protocol):
    """A network in the framework that it comes from."""

    def gradients(
        self, sample: numpy.ndarray, element: int, count: int
    ) -> Iterator[tuple[numpy.ndarray, numpy.ndarray]]:
        """Inner values of `count` elements, and the gradient of an output's element in them."""


@dataclass(frozen=True)
class Question:
    """What is asked of a network: a map of one layer for one class, of one sample.

    Of scores with positions, `place` is the one that is explained, in `grid`; both are empty
    otherwise. `offset` says where classes begin on their axis.
    """

    file: Path
    layer: str
    class_index: int
    sample: numpy.ndarray
    map_shape: tuple[int, ...]
    grid: tuple[int, ...] = ()
    place: tuple[int, ...] = ()
    offset: int = 0

    @property
    def key(self) -> str:
        """A name for the answer."""
        words = f"{self.layer} {self.class_index} {self.map_shape}"
        if self.grid:
            words += f" {self.grid} {self.place}"
        checksum = zlib.crc32(words.encode() + self.sample.tobytes())
        return f"{self.file.stem}.{checksum:08x}"

    def element(self, output: numpy.ndarray) -> int:
        """The element of an output that is explained, counted in the order of memory."""
        numbers = numpy.arange(output.size).reshape(output.shape)
        return int(self.row(numbers)[self.class_index])

    def row(self, output: numpy.ndarray) -> numpy.ndarray:
        """The numbers of all classes at the place that is explained."""
        values = output.squeeze()
        for axis in range(values.ndim):
            if values.shape[:axis] + values.shape[axis + 1 :] == self.grid:
                index = (slice(self.offset, None), *self.place)
                return numpy.moveaxis(values, axis, 0)[index]
        raise ValueError(f"no grid {self.grid} in an output {output.shape}")


@dataclass(frozen=True)
class Expected:
    """The answer: the network's output, and the map, once for each value that the layer can be."""

    output: numpy.ndarray
    maps: list[numpy.ndarray]

    @classmethod
    def kept(
        cls, question: Question, build: Callable[[], GradientReference], folder: Path
    ) -> "Expected":
        """The answer from a folder, or a new one that is written there."""
        path = folder / (question.key + ".npz")
        if path.exists():
            with numpy.load(path) as arrays:
                maps = [arrays[name] for name in arrays.files if name != "output"]
                return cls(arrays["output"], maps)
        answer = cls.computed(question, build())
        maps = {f"map{index}": map_ for index, map_ in enumerate(answer.maps)}
        folder.mkdir(parents=True, exist_ok=True)
        numpy.savez(path, output=answer.output, **maps)
        return answer

    @classmethod
    def computed(cls, question: Question, reference: GradientReference) -> "Expected":
        """The answer by ONNX Runtime and by automatic differentiation."""
        runtime = OnnxReference(question.file, question.layer)
        sample = runtime.sample(question.sample)
        results = runtime.run(sample)
        output, layer = results[runtime.outputs[0]], results[question.layer].squeeze()
        element = question.element(output)
        maps = []
        for values, gradients in reference.gradients(sample, element, layer.size):
            slopes = aligned(values, gradients, layer)
            if slopes is not None:
                maps += grad_cam_candidates(layer, slopes, question.map_shape)
        return cls(output, maps)
