"""Where `pulumi.log` goes offline."""

# ruff: noqa: N802 - the methods bear the names of the protocol

from __future__ import annotations

from dataclasses import dataclass, field

from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from eks_fargate.offline.plan import Log

_SEVERITIES = {engine_pb2.INFO: "info", engine_pb2.WARNING: "warning", engine_pb2.ERROR: "error"}


@dataclass(eq=False)
class Diagnostics(engine_pb2_grpc.EngineServicer):
    """Keeps what the program logs, debugging aside, in the order in which it comes."""

    logs: list[Log] = field(default_factory=list)

    def Log(self, request: engine_pb2.LogRequest, _context: object = None) -> empty_pb2.Empty:
        """Keep a message."""
        severity = _SEVERITIES.get(request.severity)
        if severity is not None:
            self.logs.append(Log(severity, request.message, request.urn))
        return empty_pb2.Empty()

    def RequirePulumiVersion(
        self, _request: engine_pb2.RequirePulumiVersionRequest, _context: object = None
    ) -> engine_pb2.RequirePulumiVersionResponse:
        """Take any range: there is no Pulumi CLI here to have a version."""
        return engine_pb2.RequirePulumiVersionResponse()
