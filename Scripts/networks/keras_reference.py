"""Gradients of Keras networks by tf.GradientTape."""

from collections.abc import Iterator

import keras_catalog
import keras
import numpy
import tensorflow


class KerasReference:
    """A network of the catalog, built again with the same weights; `name` is NAME.LAYOUT."""

    def __init__(self, name: str):
        network = keras_catalog.build(*name.split("."))
        # Maps are of the scores before the Softmax.
        inner = network.layers[1:]
        if isinstance(inner[-1], keras.layers.Softmax):
            inner.pop()
        else:
            inner[-1].activation = keras.activations.linear
        outputs = [layer.output for layer in inner]
        self.network = keras.Model(network.input, outputs)

    def gradients(
        self, sample: numpy.ndarray, element: int, count: int
    ) -> Iterator[tuple[numpy.ndarray, numpy.ndarray]]:
        """For each inner value of `count` elements: its elements, and the gradient of a score in it.

        The score is one element of the output, counted in the order of memory.
        """
        with tensorflow.GradientTape() as tape:
            given = tensorflow.convert_to_tensor(sample)
            tape.watch(given)
            *inner, output = self.network(given, training=False)
            score = tensorflow.reshape(output, [-1])[element]
        tensors = [tensor for tensor in inner if tensor.numpy().size == count]
        gradients = tape.gradient(score, tensors)
        for tensor, gradient in zip(tensors, gradients):
            if gradient is not None:
                yield tensor.numpy(), gradient.numpy()
