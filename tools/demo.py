"""Deploy `dev` with the real Pulumi CLI to an emulated AWS, verify it, and destroy it again. No account is needed.

    python -m tools.demo

The AWS API is moto's, on loopback; add-ons and what is inside the cluster live in a file. So `verify` cannot see those
here, nor how the cluster authenticates and is supported: its findings are shown, and do not fail the demonstration.
It ends with the exit code of the first other command that failed; with 1 where something is left; else with 0.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.engine.engine import Engine, project_copy
from tests.engine.moto_calls import Calls
from tests.engine.moto_server import moto_server
from tools.pulumi.build import BuildError, build, find_cli

STACK = "dev"
REGION = "us-east-1"


def main() -> int:
    """Run the demonstration in a temporary folder, which is removed at the end."""
    try:
        cli = find_cli() or build()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="eks-fargate-demo-"))
    try:
        with moto_server() as endpoint:
            engine = Engine(cli, project_copy(folder), folder, folder, endpoint)
            return demonstrate(engine, Calls(endpoint))
    finally:
        shutil.rmtree(folder)


def demonstrate(engine: Engine, aws: Calls) -> int:
    """Deploy, show, verify and destroy; return the exit code."""
    for step in (
        ("stack", "init", STACK, "--secrets-provider", "passphrase"),
        ("up", "--yes", "--skip-preview", *engine.pack(STACK)),
        ("stack", "output", "--show-secrets=false"),
    ):
        if code := pulumi(engine, *step):
            return code
    verify(aws.endpoint)
    destroyed = pulumi(engine, "destroy", "--yes", "--skip-preview")
    left = aws.all(REGION)
    print(f"\nleft in AWS: {left or 'nothing'}", flush=True)
    return destroyed or int(bool(left))


def pulumi(engine: Engine, *arguments: str) -> int:
    """Run the CLI and show what it shows, as it comes."""
    _title(f"pulumi {' '.join(arguments)}")
    with engine.start(*arguments) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
    return process.returncode


def verify(endpoint: str) -> None:
    """Hold the cloud against the plan by `eks-fargate verify`."""
    command = [str(Path(sys.executable).with_name("eks-fargate")), "verify", STACK, "--endpoint-url", endpoint]
    _title(" ".join(["eks-fargate", *command[1:]]))
    credentials = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    subprocess.run(command, env=os.environ | credentials, check=False)


def _title(command: str) -> None:
    print(f"\n$ {command}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
