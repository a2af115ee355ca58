"""The entry point: which command runs, what goes where, and the exit codes."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from eks_fargate.cli import main as module
from eks_fargate.cli.errors import BadInputError
from eks_fargate.cli.main import COMMANDS, run
from eks_fargate.offline.errors import ProjectError


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """A command `try` whose `run` a test replaces."""
    made = types.ModuleType("made_command", "Try something.")
    setattr(made, "add_arguments", lambda parser: parser.add_argument("what"))  # noqa: B010 - mypy knows no attribute of it
    monkeypatch.setitem(sys.modules, "made_command", made)
    monkeypatch.setitem(module.COMMANDS, "try", ("made_command", "tries"))
    return made


def raising(error: BaseException) -> object:
    def run_command(_arguments: argparse.Namespace) -> int:
        raise error

    return run_command


def test_a_command_gets_its_arguments_and_gives_the_exit_code(
    command: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "run", lambda arguments: 1 if arguments.what == "x" else 0, raising=False)
    assert run(["try", "x"]) == 1
    assert run(["try", "y"]) == 0


def test_a_problem_cannot_steer_the_terminal(
    command: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "run", raising(BadInputError(["\x1b[31mred"])), raising=False)
    assert run(["try", "x"]) == 2
    assert capsys.readouterr().err == "error: \\x1b[31mred\n"


@pytest.mark.parametrize("error", [BadInputError(["one", "two"]), ProjectError(["one", "two"])])
def test_every_problem_of_bad_input_is_told_on_stderr(
    command: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    monkeypatch.setattr(command, "run", raising(error), raising=False)
    assert run(["try", "x"]) == 2
    assert capsys.readouterr() == ("", "error: one\nerror: two\n")


def test_a_defect_of_the_program_tells_where_and_exits_2(
    command: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "run", raising(ZeroDivisionError("by zero")), raising=False)
    assert run(["try", "x"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Traceback")
    assert err.endswith("ZeroDivisionError: by zero\n")


def test_an_interrupt_exits_130(command: types.ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "run", raising(KeyboardInterrupt()), raising=False)
    assert run(["try", "x"]) == 130


def test_help_lists_every_command_and_imports_none() -> None:
    code = "import sys; from eks_fargate.cli.main import run; run(['--help']); print('pulumi' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0] == "usage: eks-fargate COMMAND ..."
    assert lines[-1] == "False"
    for name, (_, about) in COMMANDS.items():
        assert any(line.split(maxsplit=1) == [name, about] for line in lines)


@pytest.mark.parametrize("arguments", [[], ["bogus"], ["preview"], ["preview", "dev", "--format", "xml"]])
def test_bad_usage_exits_2_with_nothing_on_stdout(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: eks-fargate" in err


def test_help_of_a_command_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["preview", "--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: eks-fargate preview")


def test_the_process_leaves_with_the_code_and_all_output_written() -> None:
    code = "import sys; sys.argv = ['eks-fargate', 'bogus']; from eks_fargate.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "invalid choice: 'bogus'" in done.stderr


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    code = "import sys; sys.argv = ['eks-fargate', '--help']; from eks_fargate.cli.main import main; main()"
    read_end, write_end = os.pipe()
    os.close(read_end)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=write_end, stderr=subprocess.PIPE, env=buffered, text=True, check=False
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (2, "")


MAIN = "import sys; from eks_fargate.cli.main import main; main()"


def process(command: str, redirection: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `eks-fargate COMMAND` under a shell, with a stream redirected."""
    line = f'"$0" -c "$1" {command} {redirection}'
    return subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, MAIN],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | environment,
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_is_utf_8_whatever_the_locale(encoding: str) -> None:
    done = process("explain nöpe.yaml --data-plane nodes", LC_ALL="C", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (2, "error: nöpe.yaml: No such file or directory\n")


def test_a_name_that_is_no_utf_8_is_shown_escaped() -> None:
    done = process("explain $(printf 'a\\377') --data-plane nodes")
    assert (done.returncode, done.stderr) == (2, "error: a\\udcff: No such file or directory\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_an_empty_one(closed: str) -> None:
    done = process("explain - --data-plane nodes", closed)
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_an_error_and_no_defect() -> None:
    done = process("rules --format json", ">/dev/full")
    assert (done.returncode, done.stderr) == (2, "error: [Errno 28] No space left on device\n")


def test_an_option_is_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--form", "json"]) == 2
    assert capsys.readouterr().err.endswith("eks-fargate rules: error: unrecognized arguments: --form json\n")


def test_a_format_that_is_none_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "xml"]) == 2
    wanted = "eks-fargate rules: error: argument --format: 'xml' is none of text, json, markdown\n"
    assert capsys.readouterr().err.endswith(wanted)


def test_every_command_in_the_table_can_be_run() -> None:
    for name, (path, _) in COMMANDS.items():
        command = __import__(path, fromlist=["run"])
        assert callable(command.add_arguments), name
        assert callable(command.run), name
