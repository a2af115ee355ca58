# gRPC gives its methods their names and parameters.
# ruff: noqa: ARG002, N802
"""Pulumi's language host for Python: starts the program, and policy packs, for the Pulumi engine.

The engine starts it as `pulumi-language-python`, with its own address as the last argument, and reads the port from the
first line of standard output. It serves LanguageRuntime, of which it answers what `preview`, `up`, `refresh`, `destroy`
and `--policy-pack` call; the rest (code generation, project templates) is UNIMPLEMENTED.
Pulumi's own host for Python is a Go module without a released version, which a module proxy need not serve; this one
runs Pulumi's own `pulumi-language-python-exec`, which must lie in the folder that PULUMI_LANGUAGE_PYTHON_EXEC names.
Source: https://github.com/pulumi/pulumi/blob/master/proto/pulumi/language.proto
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent import futures
from pathlib import Path
from typing import IO

import grpc
from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

# What pulumi-language-python-exec exits with when it has shown the error itself.
EXIT_ALREADY_SHOWN = 32
MESSAGE_LIMIT_BYTES = 400 * 1024 * 1024


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Runs Python programs with the interpreter that their project names.

    engine: host:port of the engine. executor: path of `pulumi-language-python-exec`.
    """

    def __init__(self, engine: str, executor: Path) -> None:
        self._engine = engine
        self._executor = executor
        self._running: set[subprocess.Popen[bytes]] = set()

    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        self._engine = request.engine_address or self._engine
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version="3.0.0")

    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        """None: the engine finds a provider when the program registers a resource of it."""
        return language_pb2.GetRequiredPackagesResponse()

    def About(self, request: language_pb2.AboutRequest, context: grpc.ServicerContext) -> language_pb2.AboutResponse:
        return language_pb2.AboutResponse(executable=_interpreter(request.info), version=sys.version.split()[0])

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        self.stop()
        return empty_pb2.Empty()

    def stop(self) -> None:
        """End every program that runs."""
        for process in list(self._running):
            process.terminate()

    def Run(self, request: language_pb2.RunRequest, context: grpc.ServicerContext) -> language_pb2.RunResponse:
        """Run the program to its end; what it prints goes to our own output, which the engine shows."""
        interpreter = _interpreter(request.info)
        if not Path(interpreter).exists():
            message = f"there is no {interpreter}: make the virtual environment that Pulumi.yaml names"
            return language_pb2.RunResponse(error=message)
        command = [
            *(interpreter, "-u", str(self._executor)),
            *("--monitor", request.monitor_address, "--engine", self._engine),
            *("--project", request.project, "--stack", request.stack, "--organization", request.organization),
            *("--root_directory", request.info.root_directory, "--pwd", request.pwd),
            *("--dry_run", str(request.dryRun).lower(), "--parallel", str(request.parallel)),
            *(request.info.entry_point or ".", *request.args),
        ]
        config = {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        with subprocess.Popen(command, env=os.environ | config) as process:
            self._running.add(process)
            code = process.wait()
        self._running.discard(process)
        if code == EXIT_ALREADY_SHOWN:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error="" if code == 0 else f"program exited with non-zero exit code: {code}")

    def RunPlugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        """Run a policy pack, or a provider written in Python, and pass on what it prints until it ends."""
        folder = request.info.program_directory
        if request.kind == "analyzer":
            command, cwd = ["-u", "-m", "pulumi.policy", *request.args, folder], folder
        else:
            command, cwd = ["-u", folder, *request.args], request.pwd
        environment = dict(pair.split("=", 1) for pair in request.env if "=" in pair)
        with subprocess.Popen(
            [_interpreter(request.info), *command],
            cwd=cwd,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            context.add_callback(process.terminate)
            yield from _output(process)
            yield language_pb2.RunPluginResponse(exitcode=process.wait())


def _interpreter(info: language_pb2.ProgramInfo) -> str:
    """The project's `virtualenv` option, relative to the project; else PULUMI_PYTHON_CMD; else our own interpreter."""
    virtualenv = json_format.MessageToDict(info.options).get("virtualenv")
    if virtualenv:
        return str(Path(info.root_directory, virtualenv, "bin", "python"))
    return os.environ.get("PULUMI_PYTHON_CMD", sys.executable)


def _output(process: subprocess.Popen[bytes]) -> Iterator[language_pb2.RunPluginResponse]:
    """What `process` prints on both its pipes, in order of arrival, until both are closed."""
    responses: queue.Queue[language_pb2.RunPluginResponse | None] = queue.Queue()

    def pump(pipe: IO[bytes] | None, wrap: Callable[[bytes], language_pb2.RunPluginResponse]) -> None:
        for line in pipe or ():
            responses.put(wrap(line))
        responses.put(None)

    pumps = (
        (process.stdout, lambda line: language_pb2.RunPluginResponse(stdout=line)),
        (process.stderr, lambda line: language_pb2.RunPluginResponse(stderr=line)),
    )
    for arguments in pumps:
        threading.Thread(target=pump, args=arguments, daemon=True).start()
    open_pipes = len(pumps)
    while open_pipes:
        response = responses.get()
        if response is None:
            open_pipes -= 1
        else:
            yield response


def main() -> None:
    """Serve until the engine interrupts this process, or ends."""
    addresses = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    executor = Path(os.environ["PULUMI_LANGUAGE_PYTHON_EXEC"])
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=32), options=[("grpc.max_receive_message_length", MESSAGE_LIMIT_BYTES)]
    )
    host = LanguageHost(addresses[-1] if addresses else "", executor)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    signal.signal(signal.SIGINT, lambda _number, _frame: server.stop(grace=0))
    print(port, flush=True)
    engine_process = os.getppid()
    # An engine that was killed interrupts nobody.
    while server.wait_for_termination(timeout=0.5) and os.getppid() == engine_process:
        pass
    host.stop()


if __name__ == "__main__":
    main()
