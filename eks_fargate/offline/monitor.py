"""What the Pulumi SDK talks to instead of the engine: it records every resource, and the model of the cloud answers.

The same object serves in process, in place of a stub, and over gRPC, as a servicer.
Source of the protocol: https://github.com/pulumi/pulumi/blob/master/proto/pulumi/resource.proto
"""

# ruff: noqa: N802 - the methods bear the names of the protocol

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import callback_pb2, resource_pb2, resource_pb2_grpc

from eks_fargate.fargate.resource_types import STACK
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline import wire
from eks_fargate.offline.cloud.answers import Cloud
from eks_fargate.offline.cloud.components import children_of
from eks_fargate.offline.cloud.state import State
from eks_fargate.offline.errors import DuplicateUrnError, NotModelledError, OfflineError
from eks_fargate.offline.registration import read_back, registered, urn_of
from eks_fargate.offline.transforms import Transforms

_GET_RESOURCE = "pulumi:pulumi:getResource"
_FEATURES = (
    resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
    resource_pb2.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
)

P = ParamSpec("P")
T = TypeVar("T")


def _kept(method: Callable[Concatenate[Monitor, P], T]) -> Callable[Concatenate[Monitor, P], T]:
    """Keep the errors of `method` in `failures`: the SDK hands on only the first, and over gRPC only its text."""

    @functools.wraps(method)
    def wrapped(self: Monitor, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(self, *args, **kwargs)
        except OfflineError as error:
            self.failures.append(error)
            raise

    return wrapped


@dataclass(eq=False)
class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Records what a program registers on one stack, and answers it.

    states: by URN. outputs, secret_outputs: of the stack, and the paths within that are secret.
    failures: every error raised here. unknown_functions: those called whose answer only AWS knows.
    notes: what else is not known offline, in sentences.
    """

    project: str
    stack: str
    cloud: Cloud
    states: dict[str, State] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    secret_outputs: tuple[str, ...] = ()
    failures: list[OfflineError] = field(default_factory=list)
    unknown_functions: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    _transforms: Transforms = field(default_factory=Transforms)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def GetDeploymentInfo(self, _request: empty_pb2.Empty, _context: object = None) -> resource_pb2.DeploymentInfo:
        """What the SDK may use: all that the engine offers and this model needs."""
        return resource_pb2.DeploymentInfo(
            project=self.project,
            stack=self.stack,
            organization="organization",
            dryRun=self.cloud.dry_run,
            supportedFeatures=_FEATURES,
        )

    @_kept
    def RegisterResource(
        self, request: resource_pb2.RegisterResourceRequest, _context: object = None
    ) -> resource_pb2.RegisterResourceResponse:
        """Record a resource, after its transforms, and answer with its outputs."""
        urn = urn_of(self.project, self.stack, request.parent, request.type, request.name)
        if request.type != STACK:
            request = self._transforms.applied(request, urn)
        resource, values = registered(request, urn)
        if request.remote:
            return self._construct(resource, values.dependencies, request.providers)
        state = self.cloud.created(resource) if resource.custom else State(resource, "", resource.inputs)
        self._record(state)
        outputs = wire.write(state.outputs, state.secret_paths)
        return resource_pb2.RegisterResourceResponse(urn=urn, id=state.id, object=outputs)

    @_kept
    def ReadResource(
        self, request: resource_pb2.ReadResourceRequest, _context: object = None
    ) -> resource_pb2.ReadResourceResponse:
        """Record a resource that stands outside the program: all but its id is unknown offline, in an update too."""
        urn = urn_of(self.project, self.stack, request.parent, request.type, request.name)
        resource = read_back(request, urn)
        state = State(resource, request.id, resource.inputs)
        self._record(state)
        self.notes.add(f"{resource.type} '{resource.name}' is read from the cloud: its properties are unknown offline")
        return resource_pb2.ReadResourceResponse(
            urn=urn, id=request.id, properties=wire.write(state.outputs, state.secret_paths), unknown=True
        )

    def RegisterResourceOutputs(
        self, request: resource_pb2.RegisterResourceOutputsRequest, _context: object = None
    ) -> empty_pb2.Empty:
        """Record the outputs of a component, or of the stack."""
        values = wire.read(request.outputs)
        state = self.states[request.urn]
        if state.resource.type == STACK:
            self.outputs, self.secret_outputs = values.plain, values.secret_paths
        return empty_pb2.Empty()

    @_kept
    def Invoke(
        self, request: resource_pb2.ResourceInvokeRequest, _context: object = None
    ) -> resource_pb2.ResourceInvokeResponse:
        """Answer a function call, or say that its answer is unknown."""
        args = wire.read(request.args).plain
        if request.tok == _GET_RESOURCE:
            return resource_pb2.ResourceInvokeResponse(**{"return": self._looked_up(args["urn"])})
        answer = self.cloud.invoked(request.tok, args)
        if answer is None:
            self.unknown_functions.add(request.tok)
            return resource_pb2.ResourceInvokeResponse(unknown=True)
        return resource_pb2.ResourceInvokeResponse(**{"return": wire.write(answer)})

    @_kept
    def Call(self, request: resource_pb2.ResourceCallRequest, _context: object = None) -> NoReturn:
        """Refuse a method of a component: none is modelled."""
        raise NotModelledError([f"the method {request.tok} of a component has no offline model"])

    @_kept
    def ExistsResource(self, request: resource_pb2.ExistsResourceRequest, _context: object = None) -> NoReturn:
        """Refuse to tell whether a resource exists: that is known in the cloud only."""
        raise NotModelledError([f"whether {request.type} '{request.id}' exists cannot be told offline"])

    def RegisterStackTransform(self, request: callback_pb2.Callback, _context: object = None) -> empty_pb2.Empty:
        """Take a transform that the program wants called back for every resource."""
        self._transforms.add_to_stack(request)
        return empty_pb2.Empty()

    def RegisterResourceHook(
        self, request: resource_pb2.RegisterResourceHookRequest, _context: object = None
    ) -> empty_pb2.Empty:
        """Take note of a hook: it runs when a resource is made or deleted, so never offline."""
        self.notes.add(f"the resource hook '{request.name}' does not run offline")
        return empty_pb2.Empty()

    def SignalAndWaitForShutdown(self, _request: empty_pb2.Empty, _context: object = None) -> empty_pb2.Empty:
        """Let the program end."""
        return empty_pb2.Empty()

    def close(self) -> None:
        """Close the connections to the program."""
        self._transforms.close()

    def _record(self, state: State) -> None:
        resource = state.resource
        with self._lock:
            if resource.urn in self.states:
                msg = f"two resources of type {resource.type} are named '{resource.name}': rename one ({resource.urn})"
                raise DuplicateUrnError([msg])
            self.states[resource.urn] = state

    def _looked_up(self, urn: str) -> struct_pb2.Struct:
        """A resource of this run, as the SDK asks for it where an output refers to one."""
        state = self.states[urn]
        looked_up = wire.write({"urn": urn, "id": state.id or UNKNOWN})
        looked_up.fields["state"].struct_value.CopyFrom(wire.write(state.outputs, state.secret_paths))
        return looked_up

    def _construct(
        self, component: Resource, dependencies: Mapping[str, tuple[str, ...]], providers: Mapping[str, str]
    ) -> resource_pb2.RegisterResourceResponse:
        self._record(State(component, "", component.inputs))
        outputs: dict[str, wire.Reference] = {}
        for output, child in children_of(component, dependencies, providers, self.states).items():
            state = self.cloud.created(child)
            self._record(state)
            outputs[output] = wire.Reference(child.urn, state.id)
        return resource_pb2.RegisterResourceResponse(urn=component.urn, object=wire.write(outputs))
