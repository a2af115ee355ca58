"""The Kubernetes objects in files, folders and standard input, each with where it stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from eks_fargate.fargate.explain import Located
from eks_fargate.fargate.objects import objects_of
from eks_fargate.offline.kubernetes_yaml import Broken, Document, documents

STDIN: Final = "-"
SUFFIXES: Final = (".json", ".yaml", ".yml")

_STDIN_SHOWN = "stdin"
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml")

Progress = Callable[[int, int], None]
"""Called with the lines read so far, and the lines there are."""


@dataclass(frozen=True, slots=True)
class Manifests:
    """What was read. objects: in the order of the input. problems: what could not be read, as `FILE:LINE: why`.

    notes: what was left out on purpose, in sentences.
    """

    objects: list[Located] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_manifests(paths: Sequence[str], stdin: BinaryIO, progress: Progress | None = None) -> Manifests:
    """The Kubernetes objects at `paths`: files, folders, and `-` for standard input.

    Folders are read with all below them, but for hidden ones and what is named neither .yaml, .yml nor .json. A file
    that stands in several of the paths is read once. What cannot be read is among the problems, and the rest is read.
    progress: called after every document; omitted: not.
    """
    found = Manifests()
    texts = []
    for path in _once(_files(paths, found)):
        text = read_text(path, stdin, found.problems)
        if text is not None:
            texts.append((_STDIN_SHOWN if path == STDIN else path, text))
    total, done = sum(text.count("\n") for _, text in texts), 0
    for shown, text in texts:
        for document in documents(text):
            _take(document, shown, found)
            if progress:
                progress(done + document.line, total)
        done += text.count("\n")
    if not found.objects and not found.problems:
        where = ", ".join(_STDIN_SHOWN if path == STDIN else path for path in paths)
        found.problems.append(f"{where}: there is no Kubernetes object to explain")
    return found


def read_text(path: str, stdin: BinaryIO, problems: list[str]) -> str | None:
    """The text of a file, or of standard input for `-`; None, and a problem, where it cannot be read or is no text."""
    shown = _STDIN_SHOWN if path == STDIN else path
    try:
        content = stdin.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        problems.append(f"{shown}: {error.strerror}")
        return None
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(f"{shown}:{line}: no text in {encoding.removesuffix('-sig').upper()} (byte {error.start})")
        return None


def _once(paths: Iterator[str]) -> Iterator[str]:
    seen = set()
    for path in paths:
        real = path if path == STDIN else os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path


def _files(paths: Sequence[str], found: Manifests) -> Iterator[str]:
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            yield path
            continue
        inside = list(_inside(path, found))
        if not inside:
            ends = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
            found.problems.append(f"{path}: no file in this folder ends in {ends}")
        yield from inside


def _inside(folder: str, found: Manifests) -> Iterator[str]:
    def unreadable(error: OSError) -> None:
        found.problems.append(f"{error.filename}: {error.strerror}")

    for at, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(at, name).is_symlink():
                found.notes.append(
                    f"{Path(at, name)} is left out: it is a link to a folder, and those may go in circles"
                )
        for name in sorted(files):
            path = str(Path(at, name))
            if name in _KUSTOMIZATIONS:
                found.notes.append(
                    f"{path} is left out, and the files beside it are explained as they are: to see what it makes of "
                    f"them, explain what `kustomize build {at}` prints"
                )
            elif name.endswith(SUFFIXES) and not name.startswith("."):
                if Path(path).exists() and not Path(path).is_file():
                    # A pipe that nobody writes to would be waited for without end.
                    found.problems.append(f"{path}: this is no file but a pipe, a socket or a device")
                else:
                    yield path


def _take(document: Document | Broken, shown: str, found: Manifests) -> None:
    """Add what a document holds to `found`."""
    if isinstance(document, Broken):
        found.problems.append(f"{shown}:{document.line}: {document.message}")
        return
    found.problems.extend(f"{shown}:{line}: {message}" for line, message in document.faults)
    read = objects_of(document.value)
    found.objects.extend(
        Located(manifest, shown, document.item_lines.get(id(manifest), document.line)) for manifest in read.objects
    )
    for problem in read.problems:
        what = f"not a Kubernetes object: {problem.path}" if problem.path else "this"
        found.problems.append(f"{shown}:{document.line}: {what} {problem.message}")
