"""Prints a digest of every array, table, number and figure in a folder; see `snapshot`."""

import hashlib
import json
import pathlib
import re
import sys
import zipfile

# What differs from run to run or tells where the run was.
VOLATILE = {
    "timings", "seconds", "date", "created", "version", "vitrine", "folder", "command", "software",
    "peakMemory", "host", "files", "path", "input", "model", "threads", "vitrineVersion",
}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def lasting(value):
    if isinstance(value, dict):
        return {
            key: lasting(item)
            for key, item in sorted(value.items())
            if key not in VOLATILE and not re.search("(?i)second|time", key)
        }
    if isinstance(value, list):
        return [lasting(item) for item in value]
    return value


def digests(path: pathlib.Path):
    """Pairs of a part's name and its digest."""
    data = path.read_bytes()
    if path.suffix == ".npz":
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                yield name, digest(archive.read(name))
        return
    if path.suffix == ".json" or path.name == "stdout":
        try:
            value = lasting(json.loads(data))
        except ValueError:
            return
        yield "", digest(json.dumps(value, sort_keys=True).encode())
        return
    if path.suffix in {".html", ".checkpoint"}:
        return
    yield "", digest(data)


def main():
    folder, title = pathlib.Path(sys.argv[1]), sys.argv[2]
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        for part, value in digests(path):
            print(f"{title}/{path.relative_to(folder)}{':' + part if part else ''} {value}")


if __name__ == "__main__":
    main()
