"""The entry point: finds the command, runs it, turns errors into messages and exit codes.

A command is a module with `add_arguments(parser)` and `run(arguments) -> int`, imported only when it is asked for.
Exit codes: 0 no error finding; 1 at least one; 2 bad usage or bad input.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.shown import one_line
from eks_fargate.offline.errors import OfflineError

COMMANDS: Final = {
    "check": ("eks_fargate.cli.check", "the gate of a pull request: rules, schemas and the policy pack on every stack"),
    "explain": ("eks_fargate.cli.explain", "where every pod of Kubernetes manifests lands, at what size and cost"),
    "policy-config": ("eks_fargate.cli.policy_config", "a stack's configuration of the policy pack"),
    "preflight": ("eks_fargate.cli.preflight", "before `pulumi up`: whether AWS will take a stack; changes nothing"),
    "preview": ("eks_fargate.cli.preview", "what a stack would deploy, without an AWS account or the Pulumi CLI"),
    "prices": ("eks_fargate.cli.prices", "bring the price table up to date from AWS's Price List"),
    "rules": ("eks_fargate.cli.rules", "the rules: id, level, statement, source"),
    "verify": ("eks_fargate.cli.verify", "after `pulumi up`: what runs beside what is planned; changes nothing"),
}
"""Command -> the module that runs it, and one line of help."""

_BAD_INPUT = 2
_INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line of this process and leave it at once: taking the interpreter apart takes half a second."""
    gc.disable()
    # gRPC would report a policy pack that ends, as it should, on stderr.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    _open_streams()
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = _BAD_INPUT
    except OSError as error:
        # Of the machine, such as a full disk.
        print(f"error: {error}", file=sys.stderr, flush=True)
        code = _BAD_INPUT
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line `arguments` and return the exit code. Results go to stdout, all else to stderr.

    Raises OSError where they cannot be written.
    """
    try:
        return _dispatched(arguments)
    except (BadInputError, OfflineError) as error:
        for problem in error.problems:
            print(f"error: {one_line(problem)}", file=sys.stderr)
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else _BAD_INPUT
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError:
        raise
    except Exception:
        # A defect of this program, not of its input.
        traceback.print_exc()
    return _BAD_INPUT


def _open_streams() -> None:
    """Let what was closed when the process started be empty, and write the same UTF-8 whatever the locale."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for the whole process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name need not be UTF-8.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _dispatched(arguments: Sequence[str]) -> int:
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        _parser().parse_args(arguments)
    module = importlib.import_module(COMMANDS[name][0])
    # Without abbreviations, so that an option that is added breaks nobody's script.
    parser = argparse.ArgumentParser(prog=f"eks-fargate {name}", description=module.__doc__, allow_abbrev=False)
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(arguments[1:]))
    return code


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    parser = argparse.ArgumentParser(
        prog="eks-fargate",
        usage="eks-fargate COMMAND ...",
        description="Amazon EKS on AWS Fargate: what would be deployed, and what Fargate will do with every pod.",
        epilog="commands:\n"
        + "\n".join(f"  {name:{width}}  {about}" for name, (_, about) in COMMANDS.items())
        + "\n\n`eks-fargate COMMAND --help` tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", metavar="COMMAND", choices=list(COMMANDS), help="one of the commands below")
    return parser
