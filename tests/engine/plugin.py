"""The program behind `pulumi-resource-aws`, `-eks` and `-kubernetes` on the engine's path.

    python -m tests.engine.plugin PACKAGE ENGINE_ADDRESS

ENGINE_CLOUD names the folder that is the cloud, ENGINE_SCHEMAS the one for what is read off the SDKs.
The first line of output is the port.
"""

from __future__ import annotations

import os
import signal
import sys
from concurrent import futures
from importlib.metadata import version
from pathlib import Path

import grpc  # type: ignore[import-untyped]
from pulumi.runtime.proto import provider_pb2_grpc

from tests.engine.checks import Checker
from tests.engine.file_cloud import FileCloud
from tests.engine.provider import Provider
from tests.engine.schemas import Schemas

MESSAGE_LIMIT_BYTES = 400 * 1024 * 1024


def main() -> None:
    """Serve until the engine interrupts this process."""
    package = sys.argv[1]
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=32), options=[("grpc.max_receive_message_length", MESSAGE_LIMIT_BYTES)]
    )
    cloud = FileCloud(Path(os.environ["ENGINE_CLOUD"]))
    checker = Checker(Schemas(Path(os.environ["ENGINE_SCHEMAS"])))
    provider = Provider(package, version(f"pulumi-{package}"), cloud, checker)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    signal.signal(signal.SIGINT, lambda _number, _frame: server.stop(grace=0))
    print(port, flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
