# gRPC gives its methods their names and parameters.
# ruff: noqa: ARG002, N802
"""A resource provider for the Pulumi engine over a `Cloud`: any package, all of its resource types.

Source: https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto
"""

from __future__ import annotations

from typing import Any

import grpc
import yaml
from google.protobuf import any_pb2, empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2

from eks_fargate.fargate.unknown import UNKNOWN, is_unknown
from eks_fargate.offline.wire import read, write
from tests.engine import component, diff, naming
from tests.engine.checks import DEFAULTS_KEY, Checker
from tests.engine.cloud import Cloud, CloudError, CloudObject, CreationFailedError, Properties
from tests.engine.types_table import facts_of


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """One instance of the provider of `package`, as the engine starts it."""

    def __init__(self, package: str, version: str, cloud: Cloud, checker: Checker) -> None:
        self._package = package
        self._version = version
        self._cloud = cloud
        self._checker = checker
        self._scope = ""
        self._configuration: Properties = {}

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> provider_pb2.ProviderHandshakeResponse:
        # Otherwise the engine keeps secrets and resources to itself, giving values and ids, and marks the outputs of
        # secret inputs as secret. A provider of components must take both.
        whole = self._package == "eks"
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=whole, accept_resources=whole)

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=self._version)

    def CheckConfig(
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext) -> provider_pb2.DiffResponse:
        """A changed kubeconfig names another cluster, as one does that is not known yet: its objects are replaced, as
        pulumi-kubernetes does.
        """
        old, new = read(request.old_inputs or request.olds).plain, read(request.news).plain
        keys = sorted({*old, *new} - {"version"})
        changed = [key for key in keys if is_unknown(new.get(key)) or old.get(key) != new.get(key)]
        moved = self._package == "kubernetes" and _server(old.get("kubeconfig")) != _server(new.get("kubeconfig"))
        some = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(changes=some, diffs=changed, replaces=["kubeconfig"] if moved else [])

    def Configure(
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        self._configuration = configuration = read(request.args).plain
        kubernetes = self._package == "kubernetes"
        self._scope = _server(configuration.get("kubeconfig")) if kubernetes else configuration.get("region", "")
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def Check(self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext) -> provider_pb2.CheckResponse:
        inputs = naming.named(
            request.type, request.name, read(request.news).plain, read(request.olds).plain, request.randomSeed
        )
        failures = [
            provider_pb2.CheckFailure(property=failure.path, reason=failure.reason)
            for failure in self._checker.failures(request.type, inputs)
        ]
        return provider_pb2.CheckResponse(inputs=write(inputs), failures=failures)

    def Diff(self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext) -> provider_pb2.DiffResponse:
        new = read(request.news).plain
        old = read(request.old_inputs).plain
        changes = diff.changes(request.type, old, new, request.ignoreChanges, self._configuration)
        replaces = [change.path for change in changes if change.replaces]
        kinds = {change.path: f"{change.kind}{'_REPLACE' if change.replaces else ''}" for change in changes}
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME if changes else provider_pb2.DiffResponse.DIFF_NONE,
            diffs=sorted({path.partition(".")[0].partition("[")[0] for path in kinds}),
            replaces=sorted({path.partition(".")[0].partition("[")[0] for path in replaces}),
            hasDetailedDiff=True,
            detailedDiff={
                path: provider_pb2.PropertyDiff(kind=provider_pb2.PropertyDiff.Kind.Value(kind), inputDiff=True)
                for path, kind in kinds.items()
            },
            deleteBeforeReplace=bool(replaces) and naming.is_given(request.type, new),
        )

    def Create(self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext) -> provider_pb2.CreateResponse:
        inputs = read(request.properties).plain
        if request.preview:
            return provider_pb2.CreateResponse(properties=write(_planned(request.type, inputs)))
        try:
            made = self._cloud.create(request.type, request.name, _bare(inputs), self._scope)
        except CloudError as error:
            if isinstance(error, CreationFailedError):
                _tell_half_made(context, error)
            context.abort(grpc.StatusCode.UNKNOWN, f"creating {request.type} ({request.name}): {error}")
        return provider_pb2.CreateResponse(id=made.id, properties=write(made.outputs))

    def Read(self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext) -> provider_pb2.ReadResponse:
        found = self._cloud.read(request.type, request.id, self._scope)
        if found is None:
            return provider_pb2.ReadResponse()
        known = read(request.inputs).plain
        defaults = {DEFAULTS_KEY: known[DEFAULTS_KEY]} if DEFAULTS_KEY in known else {}
        inputs = write(found.inputs | defaults)
        return provider_pb2.ReadResponse(id=found.id, properties=write(found.outputs), inputs=inputs)

    def Update(self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext) -> provider_pb2.UpdateResponse:
        inputs = read(request.news).plain
        if request.preview:
            return provider_pb2.UpdateResponse(properties=write({**read(request.olds).plain, **_bare(inputs)}))
        try:
            changed = self._cloud.update(request.type, request.id, _bare(inputs), self._scope)
        except CloudError as error:
            context.abort(grpc.StatusCode.UNKNOWN, f"updating {request.type} ({request.id}): {error}")
        return provider_pb2.UpdateResponse(properties=write(changed.outputs))

    def Delete(self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        try:
            self._cloud.delete(request.type, request.id, self._scope)
        except CloudError as error:
            context.abort(grpc.StatusCode.UNKNOWN, f"deleting {request.type} ({request.id}): {error}")
        return empty_pb2.Empty()

    def Invoke(self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext) -> provider_pb2.InvokeResponse:
        try:
            answer = self._cloud.invoke(request.tok, read(request.args).plain, self._scope)
        except CloudError as error:
            context.abort(grpc.StatusCode.UNKNOWN, f"invoking {request.tok}: {error}")
        return provider_pb2.InvokeResponse(**{"return": write(answer)})

    def Construct(
        self, request: provider_pb2.ConstructRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConstructResponse:
        if request.type != component.MANAGED_NODE_GROUP:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, f"this cloud does not know the component {request.type}")
        return component.construct(request)


def _bare(inputs: Properties) -> Properties:
    """The inputs without what the provider itself laid beside them."""
    return {key: value for key, value in inputs.items() if key != DEFAULTS_KEY}


def _planned(type_: str, inputs: Properties) -> Properties:
    """The outputs that a preview can tell: the inputs, and `UNKNOWN` for each that the cloud computes."""
    facts = facts_of(type_)
    return {**dict.fromkeys(facts.outputs if facts is not None else (), UNKNOWN), **_bare(inputs)}


def _server(kubeconfig: Any) -> str:
    """The API server that a kubeconfig names; empty where there is none, or it is not known yet."""
    if is_unknown(kubeconfig) or not kubeconfig:
        return ""
    server: str = yaml.safe_load(kubeconfig)["clusters"][0]["cluster"]["server"]
    return server


def _tell_half_made(context: grpc.ServicerContext, error: CreationFailedError) -> None:
    """Tell the engine beside the error that the object exists but is not ready, so that it stays in the state."""
    made: CloudObject = error.made
    detail = any_pb2.Any()
    detail.Pack(
        provider_pb2.ErrorResourceInitFailed(
            id=made.id, properties=write(made.outputs), inputs=write(made.inputs), reasons=[str(error)]
        )
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=str(error), details=[detail])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
