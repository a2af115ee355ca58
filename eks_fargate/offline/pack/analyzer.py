"""Runs a CrossGuard policy pack as Pulumi's engine does: starts its process and speaks the Analyzer protocol with it.

Source: https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2
from jsonschema_rs import Draft202012Validator
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.pack.process import ENGINE, PackError, PackProcess, Run, process_of
from eks_fargate.offline.pack.requests import Requests

_CALL_SECONDS = 60.0
_MAX_MESSAGE_BYTES = 400 * 1024 * 1024
_CHANNEL_OPTIONS: Final = (
    ("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", _MAX_MESSAGE_BYTES),
    ("grpc.enable_http_proxy", 0),
)
_LEVEL = "enforcementLevel"
_LEVELS: Final = {name.lower(): number for name, number in analyzer_pb2.EnforcementLevel.items()}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What a policy reports.

    urn: of the resource; empty for the stack as a whole. policy: its name. mandatory: whether it stops a deployment.
    message: the report, without the policy's description.
    """

    urn: str
    policy: str
    mandatory: bool
    message: str


@dataclass(frozen=True, eq=False)
class Pack:
    """A policy pack that runs. info: what it says of itself."""

    info: analyzer_pb2.AnalyzerInfo
    _stub: analyzer_pb2_grpc.AnalyzerStub
    _process: PackProcess

    @property
    def policies(self) -> Mapping[str, analyzer_pb2.PolicyInfo]:
        """What the pack says of each of its policies, by name."""
        return {policy.name: policy for policy in self.info.policies}

    def configure(self, config: Mapping[str, Mapping[str, Any]]) -> None:
        """Configure every policy: those that `config` does not name as they are.

        config: policy -> its properties, and `enforcementLevel`, as `--policy-pack-config` takes them.
        Raises PackError with everything that a policy's schema refuses.
        """
        problems = [f"{name}: the pack has no such policy" for name in sorted(config.keys() - self.policies.keys())]
        request = analyzer_pb2.ConfigureAnalyzerRequest()
        for name, policy in self.policies.items():
            given = config.get(name, {})
            properties = {key: value for key, value in given.items() if key != _LEVEL}
            problems += _refused(policy, given)
            row = request.policyConfig[name]
            row.enforcementLevel = _LEVELS.get(given.get(_LEVEL), policy.enforcementLevel)
            row.properties.update(properties)
        if problems:
            raise PackError([f"policy pack configuration: {problem}" for problem in problems])
        self._call("Configure", request)

    def analyze(self, resources: Sequence[Resource]) -> list[Violation]:
        """Everything that the pack reports on the resources of a preview, one by one and then together, sorted."""
        found, remediated = self.analyze_each(resources)
        return sorted([*found, *self.analyze_stack(resources, remediated)])

    def analyze_each(self, resources: Sequence[Resource]) -> tuple[list[Violation], dict[str, struct_pb2.Struct]]:
        """What the pack reports on the resources one by one, and by URN what its remediations make of their inputs."""
        requests = Requests(resources)
        found: list[Violation] = []
        remediated: dict[str, struct_pb2.Struct] = {}
        for resource in resources:
            request = requests.of_resource(resource)
            for remediation in self._call("Remediate", request).remediations:
                if remediation.diagnostic:
                    found.append(Violation(resource.urn, remediation.policyName, False, remediation.diagnostic))  # noqa: FBT003
                else:
                    request.properties.CopyFrom(remediation.properties)
                    remediated[resource.urn] = request.properties
            found += _violations(self._call("Analyze", request).diagnostics, resource.urn)
        return found, remediated

    def analyze_stack(
        self, resources: Sequence[Resource], remediated: Mapping[str, struct_pb2.Struct] | None = None
    ) -> list[Violation]:
        """What the pack reports on the resources together. remediated: by URN, in place of the inputs."""
        request = Requests(resources).of_stack(remediated or {})
        return list(_violations(self._call("AnalyzeStack", request).diagnostics))

    def _call(self, method: str, request: Any) -> Any:
        try:
            return getattr(self._stub, method)(request, timeout=_CALL_SECONDS)
        except grpc.RpcError as error:
            raise _failed(self._process, method, error) from error


def _refused(policy: analyzer_pb2.PolicyInfo, config: Mapping[str, Any]) -> Iterator[str]:
    """What the policy's own schema refuses, which the engine asks before the pack sees a configuration."""
    schema = {
        "type": "object",
        "properties": {
            **json_format.MessageToDict(policy.configSchema.properties),
            _LEVEL: {"enum": list(_LEVELS)},
        },
        "required": list(policy.configSchema.required),
    }
    for error in Draft202012Validator(schema).iter_errors(config):
        yield ".".join([policy.name, *map(str, error.instance_path)]) + f": {error.message}"


def _violations(diagnostics: Iterable[analyzer_pb2.AnalyzeDiagnostic], urn: str = "") -> Iterator[Violation]:
    for one in diagnostics:
        mandatory = one.enforcementLevel != analyzer_pb2.ADVISORY
        yield Violation(one.urn or urn, one.policyName, mandatory, one.message.removeprefix(f"{one.description}\n"))


@contextlib.contextmanager
def started(folder: Path, run: Run) -> Iterator[Pack]:
    """Start the policy pack in `folder` for a stack, and end it after the body. Raises PackError."""
    with (
        process_of(folder, run) as process,
        grpc.insecure_channel(f"127.0.0.1:{process.port}", options=_CHANNEL_OPTIONS) as channel,
    ):
        stub = analyzer_pb2_grpc.AnalyzerStub(channel)
        yield Pack(_greeted(stub, process, run), stub, process)


def _greeted(stub: analyzer_pb2_grpc.AnalyzerStub, process: PackProcess, run: Run) -> analyzer_pb2.AnalyzerInfo:
    """What the pack says of itself, after it was told who asks and for which stack."""
    greeting = analyzer_pb2.AnalyzerHandshakeRequest(
        engine_address=ENGINE, root_directory=str(process.folder), program_directory=str(process.folder)
    )
    stack = analyzer_pb2.AnalyzerStackConfigureRequest(
        stack=run.stack,
        project=run.project,
        organization="organization",
        dry_run=True,
        config=run.config,
    )
    for method, request in (("Handshake", greeting), ("ConfigureStack", stack)):
        try:
            # The port is printed; the pack may not answer at once.
            getattr(stub, method)(request, timeout=_CALL_SECONDS, wait_for_ready=True)
        except grpc.RpcError as error:
            # The Python SDK knows no handshake.
            if error.code() is not grpc.StatusCode.UNIMPLEMENTED:
                raise _failed(process, method, error) from error
    info: analyzer_pb2.AnalyzerInfo = stub.GetAnalyzerInfo(empty_pb2.Empty(), timeout=_CALL_SECONDS)
    return info


def _failed(process: PackProcess, method: str, error: grpc.RpcError) -> PackError:
    said = f"{method} fails: {error.code().name}: {error.details()}{process.says()}"
    return PackError([f"policy pack {process.folder}: {said}"])
