"""Builds a component under Pulumi's mocks and hands back what it registered, dependencies and options included.

Stock mocks drop both; a monitor of our own keeps the whole request. What this cannot show: what a provider would make
of the inputs, and the order in which an engine acts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi.runtime import mocks as pulumi_mocks
from pulumi.runtime.settings import set_root_resource
from pulumi.runtime.stack import run_pulumi_func

ACCOUNT = "123456789012"
ISSUER = "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"

# What AWS fills in, beyond an id and the inputs themselves, and a component reads.
COMPUTED: dict[str, Callable[[str, dict[str, Any]], dict[str, Any]]] = {
    "aws:ec2/eip:Eip": lambda name, _: {"allocationId": f"{name}-id"},
    "aws:iam/role:Role": lambda name, given: {
        "name": given.get("name", name),
        "arn": f"arn:aws:iam::{ACCOUNT}:role/{given.get('name', name)}",
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": lambda _, given: {
        "arn": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{given['url'].removeprefix('https://')}"
    },
    "aws:kms/key:Key": lambda name, _: {"keyId": f"{name}-id", "arn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/{name}"},
    "aws:cloudwatch/logGroup:LogGroup": lambda _, given: {
        "arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:{given['name']}"
    },
    "aws:eks/cluster:Cluster": lambda _, given: {
        "arn": f"arn:aws:eks:us-east-1:{ACCOUNT}:cluster/{given['name']}",
        "endpoint": "https://cluster.example",
        "certificateAuthority": {"data": "Q0E="},
        "identities": [{"oidcs": [{"issuer": ISSUER}]}],
    },
    "aws:ec2/launchTemplate:LaunchTemplate": lambda _, __: {"latestVersion": 1},
}

CALLS: dict[str, dict[str, Any]] = {
    "aws:eks/getCluster:getCluster": {
        "name": "shop",
        "arn": f"arn:aws:eks:us-east-1:{ACCOUNT}:cluster/shop",
        "endpoint": "https://shop.example",
        "certificateAuthorities": [{"data": "Q0E="}],
        "identities": [{"oidcs": [{"issuer": ISSUER}]}],
    },
    "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider": {
        "arn": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{ISSUER.removeprefix('https://')}"
    },
}


@dataclass(frozen=True)
class Registered:
    """One registration.

    parent: the parent's name. depends_on: what it depends on, explicitly or through its inputs, each as `Kind name`,
    sorted. provider: the name of the provider given, empty where none was. request: the whole request.
    """

    type: str
    name: str
    parent: str
    inputs: dict[str, Any]
    depends_on: list[str]
    provider: str
    request: Any


@dataclass
class Built:
    """What a program registered, what it looked up (token and arguments), and what it returned."""

    resources: list[Registered] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)

    def of_type(self, type_: str) -> list[Registered]:
        """The registrations of a type, sorted by name."""
        return sorted((r for r in self.resources if r.type == type_), key=lambda r: r.name)

    def one(self, type_: str, name: str) -> Registered:
        """The registration of that type and name; the test fails where there is none."""
        found = [r for r in self.resources if (r.type, r.name) == (type_, name)]
        assert len(found) == 1, f"{type_} {name}: {[(r.type, r.name) for r in self.resources]}"
        return found[0]

    def names(self) -> list[str]:
        """Every registration as `Kind name`, sorted."""
        return sorted(f"{r.type.rpartition(':')[2]} {r.name}" for r in self.resources)


def _told(urn: str) -> str:
    """`Kind name` of a URN: a subnet and its route table may share the name."""
    *_, types, name = urn.split("::")
    return f"{types.split(':')[-1]} {name}"


class _Mocks(pulumi_mocks.Mocks):
    def __init__(self) -> None:
        self.inputs: dict[tuple[str, str], dict[str, Any]] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def call(self, args: pulumi_mocks.MockCallArgs) -> Any:
        self.calls.append((args.token, dict(args.args)))
        return CALLS[args.token]

    def new_resource(self, args: pulumi_mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.inputs[args.typ, args.name] = args.inputs
        computed = COMPUTED.get(args.typ)
        return f"{args.name}-id", {**args.inputs, **(computed(args.name, args.inputs) if computed else {})}


class _Monitor(pulumi_mocks.MockMonitor):
    def __init__(self, mocks: _Mocks) -> None:
        super().__init__(mocks)
        self.requests: list[Any] = []

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  the protocol's name
        self.requests.append(request)
        return super().RegisterResource(request)  # type: ignore[no-untyped-call]


def build(program: Callable[[], dict[str, pulumi.Input[Any]] | None]) -> Built:
    """Runs `program` and waits until everything is registered; the outputs that it returns are resolved."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    mocks = _Mocks()
    monitor = _Monitor(mocks)
    set_root_resource(None)  # type: ignore[arg-type]
    pulumi.runtime.set_mocks(mocks, project="eks-fargate", stack="test", preview=False, monitor=monitor)
    built = Built(calls=mocks.calls)

    async def run() -> None:
        for name, value in (program() or {}).items():
            pulumi.Output.from_input(value).apply(partial(built.outputs.__setitem__, name))

    try:
        loop.run_until_complete(run_pulumi_func(lambda: asyncio.ensure_future(run())))
    finally:
        loop.close()
    for request in monitor.requests:
        if request.type != "pulumi:pulumi:Stack":
            built.resources.append(
                Registered(
                    request.type,
                    request.name,
                    request.parent.split("::")[-1],
                    mocks.inputs.get((request.type, request.name), {}),
                    sorted({_told(urn) for urn in request.dependencies}),
                    request.provider.split("::")[-2] if request.provider else "",
                    request,
                )
            )
    return built


def kubernetes_provider() -> kubernetes.Provider:
    """A provider named `in-cluster`, for a component that takes one."""
    return kubernetes.Provider("in-cluster", kubeconfig="{}")


def stand_in(name: str) -> pulumi.Resource:
    """A resource, `StandIn NAME`, that something else is to depend on."""
    return pulumi.CustomResource("test:index:StandIn", name)
