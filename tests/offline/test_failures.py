"""Programs that fail, each in its way: what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eks_fargate.offline.errors import (
    DuplicateUrnError,
    NotModelledError,
    OfflineError,
    ProgramError,
    SettingsError,
)
from tests.offline.conftest import RunProgram


def failure(
    run_program: RunProgram, program: str, kind: type[OfflineError] = ProgramError, **parts: object
) -> list[str]:
    with pytest.raises(kind) as raised:
        run_program(program, **parts)
    return list(raised.value.problems)


def test_a_logged_error_fails(run_program: RunProgram) -> None:
    assert failure(run_program, "import pulumi\npulumi.log.error('no good')\n") == [
        "the program logged an error: no good"
    ]


def test_duplicates_are_named(run_program: RunProgram) -> None:
    program = "import pulumi_aws as aws\naws.ec2.Vpc('a')\naws.ec2.Vpc('a')\n"
    assert failure(run_program, program, DuplicateUrnError) == [
        "two resources of type aws:ec2/vpc:Vpc are named 'a': rename one (urn:pulumi:dev::demo::aws:ec2/vpc:Vpc::a)"
    ]


def test_everything_without_a_model_is_named_at_once(run_program: RunProgram) -> None:
    program = """
        import pulumi, pulumi_aws as aws, pulumi_eks as eks
        aws.sqs.Queue("q")
        aws.sns.Topic("t")
        eks.Cluster("c")
        pulumi.export("ami", aws.ec2.get_ami_output(most_recent=True).id)
    """
    assert failure(run_program, program, NotModelledError) == [
        "the component eks:index:Cluster ('c') has no offline model: its children are not known",
        "the function aws:ec2/getAmi:getAmi has no offline answer (table cloud/functions.json)",
        "the resource type aws:sns/topic:Topic ('t') has no row in cloud/resources.json",
        "the resource type aws:sqs/queue:Queue ('q') has no row in cloud/resources.json",
    ]


def test_settings_problems_are_handed_on(run_program: RunProgram) -> None:
    program = """
        class BadSettings(Exception):
            problems = ("cluster.version: got 1.3", "profiles: none given")
        raise BadSettings
    """
    assert failure(run_program, program, SettingsError) == ["cluster.version: got 1.3", "profiles: none given"]


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("def f():\n    raise ValueError('bad')\nf()\n", "__main__.py:2: ValueError: bad"),
        ("x = 1\nx = (\n", "__main__.py:2: SyntaxError: '(' was never closed (__main__.py, line 2)"),
        ("import no_such_module\n", "__main__.py:1: ModuleNotFoundError: No module named 'no_such_module'"),
        ("import sys\nsys.exit()\n", "__main__.py:2: the program ended itself with sys.exit(0)"),
        ("import sys\nsys.exit('enough')\n", "__main__.py:2: the program ended itself with sys.exit('enough')"),
        ("import shapes\n", "shapes.py:1: ZeroDivisionError: division by zero"),
        (
            "import pulumi_aws as aws\naws.ec2.Vpc('a', cidr_block='x').cidr_block.apply(lambda text: text / 0)\n",
            "__main__.py:2: TypeError: unsupported operand type(s) for /: 'str' and 'int'",
        ),
        (
            "import pulumi_aws as aws\naws.get_caller_identity()\n",
            (
                "__main__.py:2: aws:index/getCallerIdentity:getCallerIdentity: only AWS knows the answer: "
                "call the output form, get_..._output"
            ),
        ),
        (
            "import pulumi\npulumi.Config().require('x')\n",
            (
                "__main__.py:2: ConfigMissingError: Missing required configuration variable 'demo:x'\n"
                "\tplease set a value using the command `pulumi config set demo:x <value>`"
            ),
        ),
    ],
)
def test_a_failure_of_the_program_is_told_with_its_place(run_program: RunProgram, program: str, problem: str) -> None:
    assert failure(run_program, program, shapes="1 / 0\n") == [problem]


def test_a_program_that_does_not_end_is_given_up(run_program: RunProgram) -> None:
    waits = "import asyncio, pulumi\npulumi.export('x', pulumi.Output.from_input(asyncio.Future()))\n"
    assert failure(run_program, waits, timeout_seconds=0.2) == [
        "the program did not end within 0.2 seconds: it is waiting for an output that never comes"
    ]


def test_a_program_in_a_loop_is_given_up_and_its_line_named(run_program: RunProgram, tmp_path: Path) -> None:
    spins = """\
        import pathlib, time
        stop = pathlib.Path(__file__).with_name("stop")
        while not stop.exists(): time.sleep(0.01)
    """
    assert failure(run_program, spins, timeout_seconds=0.2) == [
        "the program did not end within 0.2 seconds: it is at __main__.py:3"
    ]
    (tmp_path / "stop").touch()
