"""The surroundings of a program that runs offline: its own modules, folder and output, and no trace of an account."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

_SCRUBBED = ("AWS_", "PULUMI_", "KUBECONFIG")
_OWN_PACKAGE = __name__.partition(".")[0]


@contextlib.contextmanager
def surroundings(folder: Path, root: Path, variables: Mapping[str, str]) -> Iterator[io.StringIO]:
    """Run the body as a program of the project `root` runs, in `folder`, and give what it writes to stdout.

    variables: environment variables to set. Those of AWS, Pulumi and kubectl are unset, since the SDKs read them.
    All is put back at the end. The process has one environment: nothing else may run in it meanwhile.
    """
    printed = io.StringIO()
    before = dict(os.environ)
    cwd = Path.cwd()
    for name in [name for name in os.environ if name.startswith(_SCRUBBED)]:
        del os.environ[name]
    os.environ.update(variables)
    os.chdir(folder)
    try:
        with _own_modules(root, folder), contextlib.redirect_stdout(printed):
            yield printed
    finally:
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _own_modules(root: Path, folder: Path) -> Iterator[None]:
    """Let the program import the modules of its own project, even where this process has others of the same name.

    Modules of the project hold resources and outputs of one run, so they are forgotten after it; those of this package,
    where it is the project's own, hold none and stay.
    """
    files = [path for path in root.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    names = {path.stem for path in files} - set(sys.stdlib_module_names)
    aside = {
        name: module
        for name, module in sys.modules.items()
        if name.partition(".")[0] in names and name != "__main__" and not _is_within(module, root)
    }
    for name in aside:
        del sys.modules[name]
    loaded = set(sys.modules)
    search_path = list(sys.path)
    sys.path[:0] = [str(path) for path in dict.fromkeys((folder, root))]
    try:
        yield
    finally:
        # Whole, since a program may add to it.
        sys.path[:] = search_path
        for name in set(sys.modules) - loaded:
            keep = name.partition(".")[0] == _OWN_PACKAGE and _OWN_PACKAGE not in {n.partition(".")[0] for n in aside}
            if not keep and _is_within(sys.modules[name], root):
                del sys.modules[name]
        sys.modules.update(aside)


def _is_within(module: ModuleType, root: Path) -> bool:
    file = getattr(module, "__file__", None)
    if file is None:
        file = next(iter(getattr(module, "__path__", ())), None)
    return file is not None and is_own(str(file), root)


def is_own(file: str, root: Path) -> bool:
    """Whether `file` is a source of the project `root` itself, not of an environment installed within it."""
    path = Path(file)
    return path.is_relative_to(root) and "site-packages" not in path.parts
