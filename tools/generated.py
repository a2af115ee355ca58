"""The documents that are generated: the outputs shown in Markdown files, and the page of the rules.

    python -m tools.generated           writes them
    python -m tools.generated --check   says which are out of date, and exits 1 then

In a Markdown file, the comment `<!-- eks-fargate ARGUMENTS -->` stands above a fenced block, which holds what that
command prints; its exit code does not matter. Input for `-` is taken from a file named by `< PATH`.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from eks_fargate.cli.main import run
from eks_fargate.cli.rules_page import rules_page

ROOT = Path(__file__).resolve().parent.parent
RULES = Path("docs/rules.md")
_BLOCK = re.compile(r"(<!-- eks-fargate (?P<command>[^\n]*?) -->\n+```text\n)(?P<shown>.*?)(?=```\n)", re.DOTALL)


def documents() -> Iterator[tuple[Path, str, str]]:
    """Each generated document: its path from the root, what stands there, and what should."""
    for path in sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]):
        text = path.read_text(encoding="utf-8")
        if _BLOCK.search(text):
            yield path.relative_to(ROOT), text, _BLOCK.sub(lambda block: block[1] + _output(block["command"]), text)
    rules = ROOT / RULES
    yield RULES, rules.read_text(encoding="utf-8") if rules.exists() else "", rules_page()


def _output(command: str) -> str:
    words, _, source = command.partition(" < ")
    printed = io.StringIO()
    standard_input = io.TextIOWrapper(io.BytesIO((ROOT / source).read_bytes())) if source else sys.stdin
    stdin, sys.stdin = sys.stdin, standard_input
    try:
        with contextlib.chdir(ROOT), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            run(shlex.split(words))
    finally:
        sys.stdin = stdin
    return printed.getvalue().rstrip() + "\n"


def main(*, check: bool) -> int:
    """Writes the documents, or with `check` only says which are out of date. Returns the exit code."""
    stale = [(path, wanted) for path, found, wanted in documents() if found != wanted]
    for path, wanted in stale:
        if check:
            sys.stderr.write(f"{path} is out of date: run `make docs`\n")
        else:
            (ROOT / path).write_text(wanted, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
