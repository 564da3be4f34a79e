"""Class activation maps as their papers define them, of values and gradients in any layout."""

import itertools
from collections.abc import Iterator

import numpy

# Tokens of no position before the others: one of the class, and one of a teacher or registers.
TOKENS = (0, 1, 2, 5)


def relative(difference: numpy.ndarray, reference: numpy.ndarray) -> float:
    """The largest difference relative to the range of a reference."""
    span = float(reference.max() - reference.min()) or float(abs(reference).max())
    return float(abs(difference).max()) / (span or 1.0)


def permutations(
    array: numpy.ndarray, shape: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """The orders of the axes of an array in which it has a shape."""
    if sorted(array.shape) == sorted(shape):
        for order in itertools.permutations(range(array.ndim)):
            if tuple(array.shape[axis] for axis in order) == shape:
                yield order


def aligned(
    values: numpy.ndarray, gradients: numpy.ndarray, wanted: numpy.ndarray
) -> numpy.ndarray | None:
    """The gradients in the layout of `wanted`, if the values are those of `wanted`."""
    values, gradients = values.squeeze(), gradients.squeeze()
    for order in permutations(values, wanted.shape):
        if relative(values.transpose(order) - wanted, wanted) < 1e-3:
            return gradients.transpose(order)
    return None


def grad_cam_candidates(
    values: numpy.ndarray, gradients: numpy.ndarray, shape: tuple[int, ...]
) -> Iterator[numpy.ndarray]:
    """Grad-CAM without rectifier, for each axis that can be that of the channels."""
    for axis in range(values.ndim):
        channels = numpy.moveaxis(values, axis, 0)
        slopes = numpy.moveaxis(gradients, axis, 0)
        positions = channels.shape[1:]
        if positions == shape:
            yield grad_cam(channels, slopes)
        elif len(positions) == 1:
            extra = positions[0] - int(numpy.prod(shape))
            if extra in TOKENS:
                yield grad_cam(channels[:, extra:], slopes[:, extra:]).reshape(shape)


def grad_cam(channels: numpy.ndarray, slopes: numpy.ndarray) -> numpy.ndarray:
    """The sum over channels of the values times the mean over positions of the gradient."""
    positions = tuple(range(1, channels.ndim))
    weights = slopes.astype(numpy.float64).mean(axis=positions)
    return numpy.tensordot(weights, channels.astype(numpy.float64), axes=1)
