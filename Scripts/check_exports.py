#!/usr/bin/env python3
"""Checks that an exported explainer gives the expected arrays in ONNX Runtime.

    check_exports.py EXPLAINER.onnx EXPECTED.npz [--tolerance 1e-4]

EXPECTED.npz holds `input` and one array per output to compare, named as the output is. An array
agrees when its largest difference, divided by the range of the expected array (by its largest
magnitude where that is constant), is within the tolerance and every value is finite where the
expected one is. Prints one line. Exit code: 0 agrees or skipped because ONNX Runtime is missing
(the line then starts with `skipped`), 1 differs, 2 the files cannot be used.

    python3 -m venv .build/python && .build/python/bin/pip install onnxruntime
"""

import argparse
import sys


def deviation(actual, expected, numpy):
    """Largest difference in parts of the expected array's range; infinite for other shapes."""
    if actual.shape != expected.shape or expected.size == 0:
        return float("inf")
    actual, expected = actual.astype(numpy.float64), expected.astype(numpy.float64)
    if not numpy.isfinite(actual).all() or not numpy.isfinite(expected).all():
        return 0.0 if numpy.array_equal(actual, expected, equal_nan=True) else float("inf")
    scale = numpy.ptp(expected) or numpy.abs(expected).max() or 1.0
    return float(numpy.abs(actual - expected).max() / scale)


def compare(options, numpy, onnxruntime):
    """The exit code and the line to print."""
    with numpy.load(options.expected) as file:
        arrays = {name: file[name] for name in file.files}
    session = onnxruntime.InferenceSession(options.model, providers=["CPUExecutionProvider"])
    inputs = [value.name for value in session.get_inputs()]
    outputs = [value.name for value in session.get_outputs()]
    if "input" not in arrays or len(inputs) != 1:
        return 2, f"needs `input` in the arrays and one network input, not {inputs}"
    names = [name for name in arrays if name != "input"]
    unknown = [name for name in names if name not in outputs]
    if unknown or not names:
        return 2, f"expected arrays {names} must be among the outputs {outputs}"
    results = session.run(names, {inputs[0]: arrays["input"].astype(numpy.float32)})
    deviations = {
        name: deviation(result, arrays[name], numpy) for name, result in zip(names, results)
    }
    summary = ", ".join(f"{name} {value:.1e}" for name, value in deviations.items())
    agrees = all(value <= options.tolerance for value in deviations.values())
    verdict = "agrees" if agrees else "DIFFERS"
    return (0 if agrees else 1), f"{verdict} within {options.tolerance:g} of range: {summary}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("expected")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    options = parser.parse_args()
    try:
        import numpy
        import onnxruntime
    except ImportError as error:
        print(f"skipped: Python module {error.name} is missing; pip install onnxruntime")
        return 0
    try:
        code, line = compare(options, numpy, onnxruntime)
    except Exception as error:  # ONNX Runtime's errors have no common base of their own.
        code, line = 2, f"cannot be used: {' '.join(str(error).split())}"
    print(f"{options.model}: {line}")
    return code


if __name__ == "__main__":
    sys.exit(main())
