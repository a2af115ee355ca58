"""An exception of the program, in words: what it says, and at which line of the project."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Iterator
from pathlib import Path

from eks_fargate.offline.errors import OfflineError, ProgramError, SettingsError
from eks_fargate.offline.sandbox import is_own


def problems_of(error: BaseException, root: Path, unknown_functions: Collection[str]) -> OfflineError:
    """The error to raise for what the program of the project `root` raised.

    An exception with a list `problems` says what is wrong with the settings: these are its problems.
    unknown_functions: those called whose answer is unknown, which only their output form can stand.
    """
    for each in _chain(error):
        problems = getattr(each, "problems", None)
        if isinstance(problems, (list, tuple)) and problems:
            return SettingsError([str(problem) for problem in problems])
    where = next((place for each in _chain(error) if (place := _place(each, root))), "the program")
    if isinstance(error, SystemExit):
        code = 0 if error.code is None else error.code
        return ProgramError([f"{where}: the program ended itself with sys.exit({code!r})"])
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename, root):
        where = f"{Path(error.filename).relative_to(root)}:{error.lineno}"
    if unknown_functions and _is_in_the_sdk(error):
        called = ", ".join(sorted(unknown_functions))
        return ProgramError([f"{where}: {called}: only AWS knows the answer: call the output form, get_..._output"])
    return ProgramError([f"{where}: {type(error).__name__}: {error}"])


def _is_in_the_sdk(error: BaseException) -> bool:
    """Whether the SDK itself failed while it took an answer apart."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and Path(frames[-1].filename).parts[-2:] == ("pulumi", "_types.py")


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


def _place(error: BaseException, root: Path) -> str:
    """`FILE:LINE` of the innermost frame in the project's own sources; empty where there is none."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if is_own(frame.filename, root)]
    return f"{Path(frames[-1].filename).relative_to(root)}:{frames[-1].lineno}" if frames else ""
