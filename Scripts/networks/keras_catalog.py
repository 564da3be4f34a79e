"""The Keras networks that are tried, with random weights of a fixed seed."""

import os
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
from keras import layers

from pictures import pictures

FIRST = "channels_first"


def convolution(x, width: int, stride: int = 1):
    """A 3 × 3 convolution with batch normalization and a rectifier."""
    axis = 1 if keras.config.image_data_format() == FIRST else -1
    x = layers.Conv2D(width, 3, stride, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization(axis=axis)(x))


def image_shape(size: int) -> tuple[int, ...]:
    """The shape of a color picture in the layout that is set."""
    is_first = keras.config.image_data_format() == FIRST
    return (3, size, size) if is_first else (size, size, 3)


def image_classifier() -> keras.Model:
    """Convolutions, a global mean and Dense with Softmax."""
    inputs = keras.Input(image_shape(96))
    x = convolution(inputs, 16, 2)
    x = layers.MaxPooling2D()(convolution(x, 32))
    x = layers.GlobalAveragePooling2D()(convolution(x, 48))
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


def image_classifier_flat() -> keras.Model:
    """As people begin: Conv2D, MaxPooling2D, Flatten, Dense."""
    inputs = keras.Input(image_shape(64))
    x = layers.Conv2D(16, 3, activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(24, 3, activation="relu")(x)
    x = layers.Flatten()(layers.MaxPooling2D()(x))
    x = layers.Dropout(0.5)(layers.Dense(32, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(5, activation="softmax")(x))


def series_classifier() -> keras.Model:
    """Conv1D over a series of one channel, as classifiers of spectra are."""
    is_first = keras.config.image_data_format() == FIRST
    inputs = keras.Input((1, 400) if is_first else (400, 1))
    x = layers.Conv1D(16, 9, strides=2, activation="relu")(inputs)
    x = layers.MaxPooling1D(2)(x)
    x = layers.BatchNormalization(axis=1 if is_first else -1)(x)
    x = layers.Conv1D(24, 5, activation="relu")(x)
    x = layers.Dense(32, activation="relu")(layers.Flatten()(x))
    return keras.Model(inputs, layers.Dense(4, activation="softmax")(x))


def unet() -> keras.Model:
    """Classes at each position: transposed convolutions, and skips by Concatenate."""
    axis = 1 if keras.config.image_data_format() == FIRST else -1
    inputs = keras.Input(image_shape(96))
    first = convolution(inputs, 16)
    second = convolution(layers.MaxPooling2D()(first), 32)
    x = convolution(layers.MaxPooling2D()(second), 48)
    x = layers.Conv2DTranspose(32, 2, 2, activation="relu")(x)
    x = convolution(layers.Concatenate(axis)([x, second]), 32)
    x = layers.UpSampling2D(interpolation="bilinear")(x)
    x = convolution(layers.Concatenate(axis)([x, first]), 16)
    # Not activation="softmax": in channels-first networks Keras takes that over the columns.
    return keras.Model(inputs, layers.Softmax(axis)(layers.Conv2D(4, 1)(x)))


def application(name: str, size: int, **options) -> Callable[[], keras.Model]:
    """A network of `keras.applications` for a thousand classes."""

    def build() -> keras.Model:
        network = getattr(keras.applications, name)
        return network(weights=None, input_shape=image_shape(size), **options)

    return build


BUILDERS: dict[str, Callable[[], keras.Model]] = {
    "image-classifier": image_classifier,
    "image-classifier-flat": image_classifier_flat,
    "series-classifier": series_classifier,
    "unet": unet,
    "MobileNet": application("MobileNet", 128),
    "MobileNetV2": application("MobileNetV2", 128),
    "MobileNetV3Small": application("MobileNetV3Small", 128),
    "EfficientNetB0": application("EfficientNetB0", 128),
    "ResNet50": application("ResNet50", 128),
    "DenseNet121": application("DenseNet121", 128),
    "InceptionV3": application("InceptionV3", 128),
    "Xception": application("Xception", 128),
    "NASNetMobile": application("NASNetMobile", 224),
    "ConvNeXtTiny": application("ConvNeXtTiny", 128),
}
# Those that Keras makes channels first as well; the others are of one layout.
BOTH_LAYOUTS = tuple(BUILDERS)[:6] + ("ResNet50", "DenseNet121")


def samples(shape: tuple[int, ...], layout: str) -> numpy.ndarray:
    """Inputs of a network: pictures, or their middle rows as series, in its layout."""
    if len(shape) == 2:
        length = max(shape)
        rows = pictures((1, 3, length))[:, 0, 1]
        return rows.reshape(-1, *shape)
    if layout == FIRST:
        return pictures(shape)
    return pictures((shape[2], *shape[:2])).transpose(0, 2, 3, 1)


def build(name: str, layout: str) -> keras.Model:
    """A network whose batch normalizations are fitted to the pictures; the same at each call."""
    keras.utils.set_random_seed(1)
    keras.config.set_image_data_format(layout)
    network = BUILDERS[name]()
    generator = numpy.random.default_rng(1)
    for variable in network.trainable_variables:
        vary_constant(variable, generator)
    for layer in network.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = 0.0
    network(samples(network.input_shape[1:], layout), training=True)
    return network


def vary_constant(variable, generator: numpy.random.Generator) -> None:
    """Replaces a variable whose elements are all the same: scales of one, offsets of zero."""
    values = variable.numpy()
    first = values.flat[0]
    if not (values == first).all():
        return
    if first == 0:
        variable.assign(generator.normal(0, 0.1, values.shape))
    else:
        variable.assign(generator.uniform(0.5, 1.5, values.shape))
