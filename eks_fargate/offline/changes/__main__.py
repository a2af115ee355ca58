"""Run one stack of another revision offline and hand its plan over.

    python -m eks_fargate.offline.changes DIR STACK TODAY [STACK_DIR]

A process of its own, since the revision may bring another version of this package, and of any module.
"""

from __future__ import annotations

import datetime
import gc
import os
import sys
from pathlib import Path

from eks_fargate.offline.changes.handover import plan_text, problems_text
from eks_fargate.offline.engine import run
from eks_fargate.offline.errors import OfflineError


def _main(project_dir: str, stack: str, today: str, stack_dir: str = "") -> None:
    gc.disable()
    handover = os.dup(sys.stdout.fileno())
    # Whatever the program, or a process that it starts, writes must not get between.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        day = datetime.date.fromisoformat(today)
        text = plan_text(run(Path(project_dir), stack, today=day, stack_dir=Path(stack_dir) if stack_dir else None))
    except OfflineError as error:
        text = problems_text(error.problems)
    with os.fdopen(handover, "w", encoding="utf-8") as out:
        out.write(text)


if __name__ == "__main__":
    _main(*sys.argv[1:])
