"""What ONNX Runtime computes of a file."""

from pathlib import Path

import numpy
import onnx
import onnxruntime


class OnnxReference:
    """A file in ONNX Runtime, with some of its inner values as further outputs."""

    def __init__(self, path: Path, inner: str | None = None):
        model = onnx.load(str(path))
        self.outputs = [output.name for output in model.graph.output]
        self.inner = inner
        if inner and inner not in self.outputs:
            model.graph.output.append(onnx.helper.make_empty_tensor_value_info(inner))
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        # Further inputs are those that nothing reads, which the runtime wants all the same.
        self.input, *unread = self.session.get_inputs()
        self.unread = {item.name: numpy.zeros(item.shape, numpy.float32) for item in unread}

    def sample(self, values: numpy.ndarray) -> numpy.ndarray:
        """A sample [channels, positions…] as the file wants it, with an axis of samples."""
        wanted = [
            extent if isinstance(extent, int) else None for extent in self.input.shape
        ]
        for candidate in (values, numpy.moveaxis(values, 0, -1)):
            for shaped in (candidate[None], candidate):
                if fits(shaped.shape, wanted):
                    return numpy.ascontiguousarray(shaped, numpy.float32)
        raise ValueError(f"{values.shape} does not fit the input {self.input.shape}")

    def run(self, sample: numpy.ndarray) -> dict[str, numpy.ndarray]:
        """The outputs by name, and the inner value."""
        names = self.outputs + ([self.inner] if self.inner else [])
        results = self.session.run(names, {self.input.name: sample, **self.unread})
        return dict(zip(names, results))


def fits(shape: tuple[int, ...], wanted: list[int | None]) -> bool:
    """Whether a shape is one of those that an input allows."""
    return len(shape) == len(wanted) and all(
        extent is None or extent == have for have, extent in zip(shape, wanted)
    )
