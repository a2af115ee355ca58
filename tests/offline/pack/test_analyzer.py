"""A pack's process and the protocol: what a policy sees of a plan, and what is said where a pack fails."""

from __future__ import annotations

import json
import subprocess
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.pack import process
from eks_fargate.offline.pack.analyzer import Pack, Violation, started
from eks_fargate.offline.pack.process import PackError, Run

STACK = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev"
VPC = "urn:pulumi:dev::demo::aws:ec2/vpc:Vpc::main"
NETWORK = "urn:pulumi:dev::demo::demo:index:Network::net"
PROVIDER = "urn:pulumi:dev::demo::pulumi:providers:aws::west"
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

# Tells everything that it is told; adds a tag to a VPC.
ECHO = """
    import json, os
    import pulumi
    from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy, StackValidationPolicy

    def plain(value):
        if hasattr(value, "keys"):
            return {key: plain(part) for key, part in (value if isinstance(value, dict) else value["__target"]).items()}
        if isinstance(value, (str, float, bool)) or value is None:
            return value
        return [plain(part) for part in (value if isinstance(value, list) else value["__target"])]

    def seen(one):
        options = one.opts
        return {
            "props": plain(one.props),
            "parent": options.parent,
            "protect": options.protect,
            "deleteBeforeReplace": options.delete_before_replace,
            "createSeconds": options.custom_timeouts.create_seconds,
            "provider": None if one.provider is None else [one.provider.urn, plain(one.provider.props)],
        }

    def tell_resource(args, report):
        told = {**seen(args), "config": plain(args.get_config()), "region": pulumi.Config("aws").get("region")}
        report(json.dumps({**told, "stack": pulumi.get_stack(), "dryRun": pulumi.runtime.is_dry_run()}))

    def tell_stack(args, report):
        for one in args.resources:
            related = {key: [each.urn for each in of] for key, of in one.property_dependencies.items()}
            told = {**seen(one), "dependencies": [each.urn for each in one.dependencies], "through": related}
            report(json.dumps(told), one.urn)

    def touch(args, report):
        if args.resource_type.startswith("kubernetes:"):
            print("more than a pipe holds" * 10_000)
            report(args.props["metadata"]["name"])

    def tag(args):
        if args.resource_type == "aws:ec2/vpc:Vpc":
            return {**args.props, "tags": {"added": "yes"}}

    PolicyPack("echo", [
        ResourceValidationPolicy("tell-resource", "About one", tell_resource),
        StackValidationPolicy("tell-stack", "About all", tell_stack),
        ResourceValidationPolicy("touch", "Looks at a name", touch, enforcement_level=EnforcementLevel.MANDATORY),
        ResourceValidationPolicy("tag", "Tags", remediate=tag, enforcement_level=EnforcementLevel.REMEDIATE),
    ])
"""


def write_pack(folder: Path, program: str) -> Path:
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\nversion: 1.0.0\n")
    (folder / "__main__.py").write_text(textwrap.dedent(program))
    return folder


def resource(urn: str, inputs: Mapping[str, Any], **more: Any) -> Resource:
    _, _, type_, name = urn.split("::")
    return Resource(urn, type_, name, more.pop("parent", STACK), inputs, **more)


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pack]:
    """A pack that tells what it sees, started once."""
    folder = write_pack(tmp_path_factory.mktemp("echo"), ECHO)
    with started(folder, Run("demo", "dev", {"aws:region": "eu-west-1"})) as pack:
        yield pack


def told(pack: Pack, policy: str, urn: str, *resources: Resource) -> dict[str, Any]:
    """What a policy of the echo pack saw of one resource."""
    found = [one.message for one in pack.analyze(resources) if (one.policy, one.urn) == (policy, urn)]
    assert len(found) == 1
    seen: dict[str, Any] = json.loads(found[0])
    return seen


def test_the_pack_knows_its_stack_and_its_configuration(echo: Pack) -> None:
    echo.configure({"tell-resource": {"numbers": [1], "text": "x"}})
    seen = told(echo, "tell-resource", VPC, resource(VPC, {}))
    assert (seen["stack"], seen["region"], seen["dryRun"]) == ("dev", "eu-west-1", True)
    assert seen["config"] == {"numbers": [1], "text": "x"}


def test_inputs_options_and_provider_go_over(echo: Pack) -> None:
    echo.configure({})
    vpc = resource(
        VPC,
        {"cidrBlock": "10.0.0.0/16", "secret": "hunter2", "__defaults": ["x"], "ipv6": UNKNOWN},
        parent=NETWORK,
        provider=PROVIDER,
        options={"protect": True, "deleteBeforeReplace": False, "customTimeouts": {"create": "1h30m5s"}},
        secret_paths=("secret",),
    )
    assert told(echo, "tell-resource", VPC, resource(PROVIDER, {"region": "eu-west-2"}), vpc) == {
        "props": {"cidrBlock": "10.0.0.0/16", "secret": "hunter2", "ipv6": UNKNOWN_TEXT, "tags": {"added": "yes"}},
        "parent": NETWORK,
        "protect": True,
        "deleteBeforeReplace": False,
        "createSeconds": 5405.0,
        "provider": [PROVIDER, {"region": "eu-west-2"}],
        "config": {},
        "stack": "dev",
        "region": "eu-west-1",
        "dryRun": True,
    }


def test_the_whole_stack_has_its_dependencies_and_what_was_remediated(echo: Pack) -> None:
    echo.configure({})
    subnet = resource(
        "urn:pulumi:dev::demo::aws:ec2/subnet:Subnet::a",
        {"vpcId": UNKNOWN},
        dependencies=(VPC,),
        property_dependencies={"vpcId": (VPC,)},
    )
    resources = (resource(VPC, {"cidrBlock": "10.0.0.0/16"}), subnet)
    assert told(echo, "tell-stack", VPC, *resources)["props"] == {"cidrBlock": "10.0.0.0/16", "tags": {"added": "yes"}}
    seen = told(echo, "tell-stack", subnet.urn, *resources)
    assert (seen["dependencies"], seen["through"]) == ([VPC], {"vpcId": [VPC]})


def test_a_reference_goes_over_as_an_id_which_is_not_known_or_as_the_urn_of_a_component(echo: Pack) -> None:
    echo.configure({})
    user = resource("urn:pulumi:dev::demo::demo:index:User::user", {"refs": [VPC, NETWORK], "text": "urn:x"})
    network = resource(NETWORK, {}, custom=False)
    seen = told(echo, "tell-resource", user.urn, resource(VPC, {}), network, user)
    assert seen["props"] == {"refs": [UNKNOWN_TEXT, NETWORK], "text": "urn:x"}


def test_a_policy_that_touches_an_unknown_value_is_told_as_advisory(echo: Pack) -> None:
    echo.configure({})
    pod = resource("urn:pulumi:dev::demo::kubernetes:core/v1:Pod::pod", {"metadata": {"name": UNKNOWN}})
    assert [one for one in echo.analyze([pod]) if one.policy == "touch"] == [
        Violation(
            pod.urn,
            "touch",
            False,  # noqa: FBT003  mandatory
            "can't run policy 'touch' from policy pack 'echo@v0.0.1' during preview: "
            "string value at .metadata.name can't be known during preview",
        )
    ]


def test_a_policy_may_print(echo: Pack) -> None:
    echo.configure({})
    pod = resource("urn:pulumi:dev::demo::kubernetes:core/v1:Pod::pod", {"metadata": {"name": "web"}})
    assert Violation(pod.urn, "touch", True, "web") in echo.analyze([pod])  # noqa: FBT003  mandatory


def test_reports_are_sorted(echo: Pack) -> None:
    echo.configure({})
    found = echo.analyze([resource(VPC, {}), resource(NETWORK, {}, custom=False)])
    assert [(one.urn, one.policy) for one in found] == [
        (urn, policy) for urn in (VPC, NETWORK) for policy in ("tell-resource", "tell-stack")
    ]


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught, started(tmp_path, Run("demo", "dev")):
        pass
    assert caught.value.problems == (f"policy pack {tmp_path}: there is no PulumiPolicy.yaml",)


def test_a_pack_that_prints_before_its_port_is_told_so(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, "print('hello')")
    with pytest.raises(PackError) as caught, started(folder, Run("demo", "dev")):
        pass
    assert caught.value.problems == (
        f"policy pack {folder} does not start: its first line of output is to be its port, got 'hello'",
    )


def test_what_a_pack_says_as_it_fails_is_shown(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, "import no_such_module")
    with pytest.raises(PackError) as caught, started(folder, Run("demo", "dev")):
        pass
    (problem,) = caught.value.problems
    assert problem.startswith(
        f"policy pack {folder} does not start: its first line of output is to be its port, got ''; it says:\n"
    )
    assert problem.endswith("ModuleNotFoundError: No module named 'no_such_module'")


def test_a_pack_that_says_nothing_is_given_up_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processes: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    monkeypatch.setattr(process, "_START_SECONDS", 0.2)
    monkeypatch.setattr(process, "_STOP_SECONDS", 0.2)
    folder = write_pack(
        tmp_path,
        """
        import signal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            signal.pause()
        """,
    )
    expected = "its first line of output is to be its port, got nothing within 0[.]2 seconds"
    with pytest.raises(PackError, match=expected), started(folder, Run("demo", "dev")):
        pass
    assert [process.returncode is not None for process in processes] == [True]


def test_a_policy_that_raises_fails_the_run(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        """
        from pulumi_policy import PolicyPack, ResourceValidationPolicy
        def fail(args, report):
            raise ValueError("no such thing")
        PolicyPack("broken", [ResourceValidationPolicy("fail", "Fails", fail)])
        """,
    )
    with started(folder, Run("demo", "dev")) as pack:
        pack.configure({})
        with pytest.raises(PackError) as caught:
            pack.analyze([resource(VPC, {})])
    (problem,) = caught.value.problems
    assert problem.startswith(
        f"policy pack {folder}: Analyze fails: UNKNOWN: Exception calling application: no such thing"
    )
