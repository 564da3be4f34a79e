"""Runs the command `vitrine` and reads what it writes."""

import json
import re
import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy


class CommandError(Exception):
    """What the command refused, in its own words."""


@dataclass(frozen=True)
class Explained:
    """One explanation: its arrays, what it is of, and the processor time of the command."""

    arrays: dict[str, numpy.ndarray]
    manifest: dict[str, Any]
    warnings: list[str]
    seconds: float


@dataclass(frozen=True)
class Vitrine:
    """The command at a path; `timeout` in seconds."""

    path: Path
    timeout: float = 1200

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """Runs the command, and raises `CommandError` with its message when it fails."""
        command = [str(self.path), *arguments]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=self.timeout
            )
        except subprocess.TimeoutExpired:
            raise CommandError(f"not done after {self.timeout:.0f} s") from None
        if done.returncode < 0:
            raise CommandError(f"ended by signal {-done.returncode}")
        if done.returncode > 0:
            raise CommandError(error_text(done.stderr) or f"exit {done.returncode}")
        return done

    def explain(
        self,
        network: Path,
        sample: Path,
        methods: list[str],
        options: tuple[str, ...] = (),
    ) -> dict[str, Explained]:
        """Explains a sample by methods; maps are as they are, not rectified."""
        with tempfile.TemporaryDirectory() as folder:
            begin = processor_time()
            done = self.run(
                *("explain", str(network), str(sample), "--methods", ",".join(methods)),
                *("--set", "rectified=false", "--formats", "npz,json", "-o", folder),
                *options,
            )
            seconds = processor_time() - begin
            lines = warnings(done.stderr)
            archives = sorted(Path(folder).rglob("*.npz"))
            explained = [read(archive, lines, seconds) for archive in archives]
        return {entry.manifest["method"]: entry for entry in explained}


def processor_time() -> float:
    """The processor time of all calls so far, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def read(archive: Path, lines: list[str], seconds: float) -> Explained:
    """One explanation from its files."""
    manifest = json.loads(archive.with_suffix(".json").read_text())
    with numpy.load(archive) as arrays:
        entries = {name: arrays[name] for name in arrays.files}
    return Explained(entries, manifest, lines, seconds)


def warnings(stderr: str) -> list[str]:
    """The warnings of the command, with names of files for their paths.

    Maps of random weights may well be below zero everywhere, and no preprocessing is right for
    them; that is no news here.
    """
    lines = [line for line in stderr.splitlines() if "warning: " in line]
    lines = [line.partition("warning: ")[2] for line in lines]
    usual = ("above zero", "about preprocessing")
    lines = [line for line in lines if not any(text in line for text in usual)]
    return [without_paths(line) for line in lines]


def error_text(stderr: str) -> str:
    """The last error that the command wrote, without its own name before it."""
    lines = [line for line in stderr.splitlines() if "error: " in line]
    return without_paths(lines[-1].partition("error: ")[2]) if lines else ""


def without_paths(text: str) -> str:
    """A message with names of files for their paths."""
    return re.sub(r"/[^ :]*/([^/ :]+\.(?:onnx|png|npy|npz|json))", r"\1", text)
