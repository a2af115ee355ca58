"""Resource transforms: functions of the program that the engine calls back before it registers a resource.

Source: https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import grpc
from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc, resource_pb2

from eks_fargate.offline.errors import TransformError

# Option of a transform -> field of a registration, by how protocol buffers hold it.
_TEXTS = {
    "version": "version",
    "provider": "provider",
    "plugin_download_url": "pluginDownloadURL",
    "deleted_with": "deletedWith",
    "import": "importId",
}
_LISTS = {
    "depends_on": "dependencies",
    "ignore_changes": "ignoreChanges",
    "replace_on_changes": "replaceOnChanges",
    "additional_secret_outputs": "additionalSecretOutputs",
    "aliases": "aliases",
    "hide_diff": "hideDiffs",
    "replace_with": "replace_with",
}
_FLAGS: Final[Mapping[Literal["protect", "retain_on_delete"], Literal["protect", "retainOnDelete"]]] = {
    "protect": "protect",
    "retain_on_delete": "retainOnDelete",
}
_TIMEOUT_SECONDS = 30


@dataclass
class Transforms:
    """The transforms in force: those of the stack, and by URN those that a resource has for itself and its children."""

    _stack: list[callback_pb2.Callback] = field(default_factory=list)
    _own: dict[str, list[callback_pb2.Callback]] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)
    _channels: dict[str, grpc.Channel] = field(default_factory=dict)

    def add_to_stack(self, callback: callback_pb2.Callback) -> None:
        """Run `callback` on every resource registered from now on, after all others."""
        self._stack.append(callback)

    def applied(self, request: resource_pb2.RegisterResourceRequest, urn: str) -> resource_pb2.RegisterResourceRequest:
        """The request after its own transforms, then those of its parents from the nearest up, then the stack's.

        Raises TransformError where one fails.
        """
        self._own[urn] = list(request.transforms)
        self._parents[urn] = request.parent
        callbacks = []
        at: str = urn
        while at:
            callbacks += self._own.get(at, [])
            at = self._parents.get(at, "")
        for callback in callbacks + self._stack:
            request = self._called(callback, request)
        return request

    def close(self) -> None:
        """Close the connections to the program."""
        for channel in self._channels.values():
            channel.close()

    def _called(
        self, callback: callback_pb2.Callback, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceRequest:
        channel = self._channels.setdefault(callback.target, grpc.insecure_channel(callback.target))
        sent = callback_pb2.CallbackInvokeRequest(token=callback.token, request=_asked(request).SerializeToString())
        try:
            answer = callback_pb2_grpc.CallbacksStub(channel).Invoke(sent, timeout=_TIMEOUT_SECONDS)
        except grpc.RpcError as error:
            details = str(error.details()).partition(" error: ")[2] or str(error.details())
            reason = details.partition(":\n")[0]
            msg = f"a transform failed on {request.type} '{request.name}': {reason}"
            raise TransformError([msg]) from error
        return _changed(request, resource_pb2.TransformResponse.FromString(answer.response))


def _asked(request: resource_pb2.RegisterResourceRequest) -> resource_pb2.TransformRequest:
    options = resource_pb2.TransformResourceOptions()
    for option, name in _TEXTS.items():
        setattr(options, option, getattr(request, name))
    for option, name in _LISTS.items():
        getattr(options, option).extend(getattr(request, name))
    for option, name in _FLAGS.items():
        if request.HasField(name):
            setattr(options, option, getattr(request, name))
    if request.deleteBeforeReplaceDefined:
        options.delete_before_replace = request.deleteBeforeReplace
    if request.HasField("customTimeouts"):
        options.custom_timeouts.CopyFrom(request.customTimeouts)
    options.providers.update(request.providers)
    return resource_pb2.TransformRequest(
        type=request.type,
        name=request.name,
        custom=request.custom,
        parent=request.parent,
        properties=request.object,
        options=options,
    )


def _changed(
    request: resource_pb2.RegisterResourceRequest, response: resource_pb2.TransformResponse
) -> resource_pb2.RegisterResourceRequest:
    changed = resource_pb2.RegisterResourceRequest()
    changed.CopyFrom(request)
    changed.object.CopyFrom(response.properties)
    for key in [key for key in changed.propertyDependencies if key not in response.properties.fields]:
        del changed.propertyDependencies[key]
    if not response.HasField("options"):
        return changed
    options = response.options
    for option, name in _TEXTS.items():
        setattr(changed, name, getattr(options, option))
    for option, name in _LISTS.items():
        del getattr(changed, name)[:]
        getattr(changed, name).extend(getattr(options, option))
    for option, name in _FLAGS.items():
        changed.ClearField(name)
        if options.HasField(option):
            setattr(changed, name, getattr(options, option))
    changed.deleteBeforeReplaceDefined = options.HasField("delete_before_replace")
    changed.deleteBeforeReplace = options.delete_before_replace
    changed.ClearField("customTimeouts")
    if options.HasField("custom_timeouts"):
        changed.customTimeouts.CopyFrom(options.custom_timeouts)
    changed.providers.clear()
    changed.providers.update(options.providers)
    return changed
