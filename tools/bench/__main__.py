"""Every benchmark, one after the other, each in a process of its own.

Usage: python -m tools.bench
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_FOLDER = Path(__file__).parent


def main() -> int:
    """Runs them in the order of their names; 1 where one fails."""
    failed = False
    for script in sorted(_FOLDER.glob("[a-z]*.py")):
        print(f"== {script.stem}", flush=True)
        failed |= subprocess.run([sys.executable, str(script)], check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
