"""The program behind `pulumi-resource-aws`, `-eks` and `-kubernetes` on the engine's path.

    python -m tests.engine.plugin PACKAGE ENGINE_ADDRESS

ENGINE_CLOUD names the folder that is the cloud, ENGINE_SCHEMAS the one for what is read off the SDKs, ENGINE_AWS the
endpoint of the AWS API in which AWS objects live (omitted: they live in the folder).
The first line of output is the port.
"""

from __future__ import annotations

import os
import signal
import sys
from concurrent import futures
from importlib.metadata import version
from pathlib import Path

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from tests.engine.checks import Checker
from tests.engine.cloud import Cloud
from tests.engine.file_cloud import FileCloud
from tests.engine.provider import Provider
from tests.engine.schemas import Schemas

MESSAGE_LIMIT_BYTES = 400 * 1024 * 1024


def main() -> None:
    """Serve until the engine interrupts this process, or ends."""
    package = sys.argv[1]
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=32), options=[("grpc.max_receive_message_length", MESSAGE_LIMIT_BYTES)]
    )
    cloud = _cloud(Path(os.environ["ENGINE_CLOUD"]), os.environ.get("ENGINE_AWS"))
    checker = Checker(Schemas(Path(os.environ["ENGINE_SCHEMAS"])))
    provider = Provider(package, version(f"pulumi-{package}"), cloud, checker)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    signal.signal(signal.SIGINT, lambda _number, _frame: server.stop(grace=0))
    print(port, flush=True)
    engine = os.getppid()
    while server.wait_for_termination(timeout=0.5):
        if os.getppid() != engine:
            # The engine was killed. What is under way here runs to its end, as it would in AWS.
            server.stop(grace=None)


def _cloud(folder: Path, endpoint: str | None) -> Cloud:
    if endpoint is None:
        return FileCloud(folder)
    # boto3 takes a third of a second to import.
    from tests.engine.moto_cloud import MotoCloud

    return MotoCloud(folder, endpoint)


if __name__ == "__main__":
    main()
