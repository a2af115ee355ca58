"""Small git repositories with a project in them."""

from __future__ import annotations

import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

PULUMI_YAML = "name: demo\nruntime: python\n"
DEV_YAML = "config:\n  aws:region: eu-west-1\n"
PROGRAM = """
    import pulumi_aws as aws

    aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", tags={"Name": "main"})
"""


@dataclass(frozen=True)
class Repository:
    """A repository in `folder`, whose project is in `project`."""

    folder: Path
    project: Path

    def write(self, **files: str) -> None:
        """Write files into the project's folder; `__` in a name stands for a full stop."""
        for name, text in files.items():
            path = self.project / name.replace("__", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text))

    def program(self, text: str) -> None:
        """Write the program."""
        (self.project / "__main__.py").write_text(textwrap.dedent(text))

    def commit(self) -> str:
        """Commit everything; the id of the commit."""
        self.git("add", "--all")
        self.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=change")
        return self.git("rev-parse", "HEAD").strip()

    def git(self, *arguments: str) -> str:
        """Run git in the repository; what it prints."""
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def repository(folder: Path, *, under: str = "") -> Repository:
    """A repository with one commit of a compliant project. under: the project's folder in it, the top by default."""
    made = Repository(folder, folder / under)
    made.project.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    made.write(Pulumi__yaml=PULUMI_YAML, Pulumi__dev__yaml=DEV_YAML)
    made.program(PROGRAM)
    made.commit()
    return made
