"""Checks ONNX models and runs them in ONNX Runtime.

usage: run_onnx_models.py FOLDER

For every NAME.onnx in FOLDER that has inputs in NAME.in.npz, the outputs are written to
NAME.out.npz as 32-bit floating-point numbers, or what went wrong to NAME.error.txt.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime


def run(path, options):
    onnx.checker.check_model(str(path), full_check=True)
    session = onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"])
    given = numpy.load(path.with_suffix(".in.npz"))
    inputs = {item.name: given[item.name] for item in session.get_inputs()}
    names = [item.name for item in session.get_outputs()]
    outputs = session.run(names, inputs)
    numpy.savez(
        path.with_suffix(".out.npz"),
        **{name: numpy.asarray(output, numpy.float32) for name, output in zip(names, outputs)})


def main(folder):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    for path in sorted(folder.glob("*.onnx")):
        try:
            run(path, options)
        except Exception as error:
            path.with_suffix(".error.txt").write_text(f"{type(error).__name__}: {error}")


main(pathlib.Path(sys.argv[1]))
