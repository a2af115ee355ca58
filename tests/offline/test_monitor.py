"""The monitor over gRPC, as the engine's own would be reached, records what it records in process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from pathlib import Path

import grpc
from pulumi.runtime.proto import engine_pb2_grpc, resource_pb2_grpc

from eks_fargate.offline.cloud.answers import Cloud
from eks_fargate.offline.diagnostics import Diagnostics
from eks_fargate.offline.monitor import Monitor
from tests.offline.conftest import RunProgram
from tests.offline.programs import PLATFORM

# What Pulumi's own language host does to start a program.
EXECUTOR = """
import asyncio, runpy, sys
import pulumi.runtime
from pulumi.runtime.settings import Settings, configure

address, program = sys.argv[1:]
pulumi.runtime.set_all_config(pulumi.runtime.get_config_env(), [])
configure(Settings("demo", "dev", monitor=address, engine=address, dry_run=True, organization="organization"))
asyncio.run(pulumi.runtime.run_in_stack(lambda: runpy.run_path(program, run_name="__main__") and None))
"""


@contextmanager
def served(monitor: Monitor) -> Iterator[str]:
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
    engine_pb2_grpc.add_EngineServicer_to_server(Diagnostics(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()


def test_a_program_in_another_process_is_recorded_alike(run_program: RunProgram, tmp_path: Path) -> None:
    plan = run_program(PLATFORM)
    monitor = Monitor("demo", "dev", Cloud("eu-west-1", "", dry_run=True))
    environment = {**os.environ, "PULUMI_CONFIG": json.dumps({"aws:region": "eu-west-1"})}
    with served(monitor) as address:
        subprocess.run(
            [sys.executable, "-c", EXECUTOR, address, str(tmp_path)], env=environment, check=True, timeout=60
        )
    recorded = sorted(monitor.states.items())
    assert [urn for urn, _ in recorded] == [resource.urn for resource in plan.resources]
    for (_, state), resource in zip(recorded, plan.resources, strict=True):
        for field in (
            "inputs",
            "parent",
            "dependencies",
            "property_dependencies",
            "options",
            "provider",
            "secret_paths",
        ):
            assert getattr(state.resource, field) == getattr(resource, field), (resource.urn, field)
    assert monitor.outputs == plan.outputs
