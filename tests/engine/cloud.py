"""What a provider needs of a cloud, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Properties = dict[str, Any]


class CloudError(Exception):
    """The cloud refuses an operation, in its own words, such as `DependencyViolation: ...`.

    code: the API's own error code. message: what follows it.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(f"{code}: {message}")


class CreationFailedError(CloudError):
    """An object was made but did not become ready: it exists, and is to be kept track of.

    made: the object as it is.
    """

    def __init__(self, message: str, code: str, made: CloudObject) -> None:
        super().__init__(message, code)
        self.made = made


@dataclass(frozen=True, slots=True)
class CloudObject:
    """An object in the cloud.

    type: Pulumi's type token. id: Pulumi's id, unique within the type and scope. name: the Pulumi name it was made
    under. inputs: as given. computed: what the cloud added. phase: CREATING, ACTIVE, FAILED or DELETING.
    """

    type: str
    id: str
    name: str
    inputs: Properties
    computed: Properties
    phase: str = "ACTIVE"

    @property
    def outputs(self) -> Properties:
        """Inputs and computed values together; a mapping is merged key by key."""
        return merged(self.inputs, self.computed)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> Properties:
    """`base` with `over` laid over it; where both have a mapping, merged in turn."""
    both = {key: merged(base[key], over[key]) for key in over if _is_mapping(base.get(key)) and _is_mapping(over[key])}
    return {**base, **over, **both}


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


class Cloud(Protocol):
    """Creates, reads, changes and deletes objects; every operation but `read` and `invoke` may raise CloudError.

    scope: where an object lives: the region for AWS, the API server's URL for Kubernetes.
    """

    def create(self, type_: str, name: str, inputs: Properties, scope: str) -> CloudObject:
        """Make an object; it is ready when this returns."""

    def read(self, type_: str, id_: str, scope: str) -> CloudObject | None:
        """The object, or None where it is gone."""

    def update(self, type_: str, id_: str, inputs: Properties, scope: str) -> CloudObject:
        """Change an object in place to `inputs`."""

    def delete(self, type_: str, id_: str, scope: str) -> None:
        """Delete an object; one that is gone already is no error."""

    def invoke(self, function: str, arguments: Mapping[str, Any], scope: str) -> Properties:
        """Answer a data source; raises CloudError where there is no answer."""
