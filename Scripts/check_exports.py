"""Checks what `vitrine export` writes with the checker of ONNX and in ONNX Runtime.

    python3 -m venv .venv && .venv/bin/pip install numpy onnx onnxruntime
    .venv/bin/python Scripts/check_exports.py .build/release/vitrine
    .venv/bin/python Scripts/check_exports.py .build/release/vitrine --networks FOLDER

Each network is exported with its methods and targets, for one sample, for three and for any number, by
several versions of the operator set. Each file must

- pass the checker with its full check, and inference of all shapes, strictly and with data,
- have an output for each that the command lists, of the listed shape, with no space in a name, and no
  input but those of the network: targets are stored,
- hold no arithmetic that constants alone decide, where its result is small,
- give the scores and maps of `vitrine explain`, to 1e-4 of their range, for each of three samples.

The networks are the one in Examples and small ones that `export_networks.py` makes; with `--networks`
also those in a folder, each as FOLDER/NAME/model.onnx beside FOLDER/NAME/case.json (see `stored_cases`).
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import numpy
import onnx
import onnxruntime

import export_networks
from export_networks import Case

TOLERANCE = 1e-4
SAMPLE_COUNT = 3
# Larger results of constants may be left to be computed, for smaller files.
SMALL = 4096
COPIES = ("Cast", "Expand", "Reshape")


@dataclass(frozen=True)
class Form:
    """How a file is written."""

    batch: str = "1"
    opset: int = 17

    @property
    def sizes(self):
        """The batches that it is run with."""
        return (1, SAMPLE_COUNT) if self.batch == "dynamic" else (int(self.batch),)


FORMS = (Form(), Form("3", 18), Form("dynamic", 16), Form("dynamic", 21), Form("dynamic", 23))


@dataclass(frozen=True)
class Expected:
    """What the command says of one sample: scores, and a map and an aligned map for each item."""

    scores: numpy.ndarray
    maps: list
    aligned: list
    input: numpy.ndarray


def run(program, *arguments):
    """The standard output of the command, or its error."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return done.stdout


def options(case):
    """The options that explaining and exporting share."""
    found = ["--methods", ",".join(case.methods), *case.options]
    for target in case.targets:
        found += ["--target", target]
    return found


def explained(program, case, sample, folder):
    """What `vitrine explain` says of one sample, which is a file for each input."""
    if len(sample) == 1:
        files = list(sample.values())
    else:
        files = [f"{name}={file}" for name, file in sample.items()]
    text = run(
        program, "explain", case.network, *files, *options(case),
        "--formats", "npz", "--json", "--quiet", "-o", folder)
    (entry,) = json.loads(text)["inputs"]
    archives = [numpy.load(item["files"][0]) for item in entry["explanations"]]
    return Expected(
        archives[0]["scores"], [item["map"] for item in archives],
        [item["aligned"] for item in archives if "aligned" in item], archives[0]["input"])


def feed(session, sample, expected):
    """The inputs of one sample as the file wants them: arrays, or what a picture was prepared to."""
    found = {}
    for item in session.get_inputs():
        rest = tuple(item.shape[1:])
        file = sample.get(item.name, next(iter(sample.values())))
        array = expected.input if file.suffix != ".npy" else numpy.load(file)
        if array.size == numpy.prod(rest) and array.shape[-len(rest):] != rest:
            array = numpy.moveaxis(array.reshape(array.shape[-len(rest):]), 0, -1)
        found[item.name] = array.reshape(1, *rest).astype(numpy.float32)
    return found


def constant_nodes(graph):
    """Arithmetic of small results that stored arrays alone decide, which could be stored itself."""
    stored = {item.name for item in graph.initializer}
    sizes = {
        item.name: numpy.prod([d.dim_value for d in item.type.tensor_type.shape.dim])
        for item in graph.value_info}
    found = []
    for node in graph.node:
        if node.op_type == "Constant" or all(name in stored for name in node.input if name):
            stored.update(node.output)
            if node.op_type not in COPIES and sizes.get(node.output[0], 0) <= SMALL:
                found.append(f"{node.op_type} {node.name}")
    return found


def check_file(path, case, result, form):
    """Checks the file itself: what it says of its inputs, outputs and shapes."""
    onnx.checker.check_model(str(path), full_check=True)
    model = onnx.load(str(path))
    inferred = onnx.shape_inference.infer_shapes(
        model, check_type=True, strict_mode=True, data_prop=True)
    opsets = {entry.domain: entry.version for entry in model.opset_import}
    assert opsets == {"": form.opset} and result["opset"] == form.opset, opsets
    graph = inferred.graph
    assert not constant_nodes(graph), f"not stored: {constant_nodes(graph)}"
    spaced = [name for node in graph.node for name in (node.name, *node.output) if " " in name]
    assert not spaced, f"names with spaces: {spaced[:3]}"
    stored = {item.name for item in graph.initializer}
    for listed, items in ((result["inputs"], graph.input), (result["outputs"], graph.output)):
        items = [item for item in items if item.name not in stored]
        said = [(entry["name"], tuple(entry["shape"])) for entry in listed]
        have = [
            (item.name, tuple(d.dim_param or str(d.dim_value) for d in item.type.tensor_type.shape.dim))
            for item in items]
        assert said == have, f"listed {said}, has {have}"
        assert not any(character.isspace() for name, _ in have for character in name), have
        first = {"dynamic": "samples"}.get(form.batch, form.batch)
        assert all(shape[0] == first for _, shape in have), have
    known = {item.name for item in graph.value_info}
    unknown = [
        name for node in graph.node for name in node.output
        if name and name not in known and name not in {item.name for item in graph.output}]
    assert not unknown, f"shapes that cannot be inferred: {unknown[:3]}"
    names = [item["name"] for item in result["inputs"]]
    assert names == list(case.input_names), f"inputs {names}"


def difference(actual, expected):
    """The largest difference, relative to the range of what is expected."""
    expected = numpy.asarray(expected, numpy.float64)
    actual = numpy.asarray(actual, numpy.float64).reshape(expected.shape)
    if not numpy.isfinite(actual).all():
        return float("inf")
    span = float(expected.max() - expected.min()) or float(abs(expected).max())
    worst = float(abs(actual - expected).max())
    return worst / span if span else worst


def scores_difference(actual, expected):
    """The difference of scores; of an output with positions, at the one where they are most alike."""
    if actual.size == expected.size:
        return difference(actual, expected)
    rows = [
        numpy.moveaxis(actual, axis, -1).reshape(-1, expected.size)
        for axis, extent in enumerate(actual.shape) if extent == expected.size]
    return min(difference(row, expected) for row in numpy.concatenate(rows))


def compare(session, samples, expected):
    """The differences of a batch of samples, by the names of the outputs."""
    feeds = [feed(session, sample, one) for sample, one in zip(samples, expected)]
    joined = {name: numpy.concatenate([item[name] for item in feeds]) for name in feeds[0]}
    names = [item.name for item in session.get_outputs()]
    results = dict(zip(names, session.run(names, joined)))
    found = {}
    for index, one in enumerate(expected):
        maps, aligned = iter(one.maps), iter(one.aligned)
        for name, values in results.items():
            if name == "scores":
                worst = scores_difference(values[index], one.scores)
            else:
                wanted = next(aligned if name.startswith("aligned_map") else maps)
                worst = difference(values[index], wanted)
            found[name] = max(found.get(name, 0.0), worst)
        assert next(maps, None) is None and next(aligned, None) is None, "outputs are missing"
    return found


def check(program, case, folder):
    """Checks one network in all forms, and gives the largest difference with its name."""
    expected = [
        explained(program, case, sample, folder / f"{case.name}-{index}")
        for index, sample in enumerate(case.samples)]
    session_options = onnxruntime.SessionOptions()
    session_options.log_severity_level = 3
    worst = (0.0, "")
    for form in case.forms or FORMS:
        path = folder / f"{case.name}-{form.batch}-{form.opset}.onnx"
        result = json.loads(run(
            program, "export", case.network, *options(case), "--batch", form.batch,
            "--opset", form.opset, "--json", "--quiet", "-o", path))
        check_file(path, case, result, form)
        session = onnxruntime.InferenceSession(
            str(path), session_options, providers=["CPUExecutionProvider"])
        for size in form.sizes:
            for name, found in compare(session, case.samples[:size], expected[:size]).items():
                worst = max(worst, (found, f"{name} ({form.batch}, {form.opset})"))
        path.unlink()
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("vitrine")
    parser.add_argument("--networks", type=pathlib.Path)
    parser.add_argument("--only", help="names with commas between")
    arguments = parser.parse_args()
    chosen = arguments.only.split(",") if arguments.only else None
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cases = export_networks.cases(folder)
        if arguments.networks:
            cases += export_networks.stored_cases(arguments.networks, folder)
        for case in cases:
            if chosen and case.name not in chosen:
                continue
            begin = time.monotonic()
            try:
                worst, where = check(arguments.vitrine, case, folder)
                text = f"{worst:.1e} of range at {where}"
                if worst > TOLERANCE:
                    failed, text = failed + 1, f"DIFFERS: {text}"
            except Exception as error:  # a file may be wrong in any way
                failed, text = failed + 1, f"WRONG: {type(error).__name__}: {error}"
            print(f"{case.name:28} {time.monotonic() - begin:5.1f} s  {text}", flush=True)
    if failed:
        sys.exit(f"{failed} networks are exported wrongly")


if __name__ == "__main__":
    main()
