"""A resource together with what the model answered for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.resources import Resource


@dataclass(frozen=True, slots=True)
class State:
    """A resource, its id (empty where not known before deployment) and its outputs, by Pulumi's own keys.

    An output that is not there is unknown in a preview, and None in an update.
    """

    resource: Resource
    id: str
    outputs: Mapping[str, Any]

    @property
    def secret_paths(self) -> tuple[str, ...]:
        """The paths within the outputs that are secret: those of the inputs, and `additionalSecretOutputs`."""
        more = self.resource.options.get("additionalSecretOutputs", ())
        return (*self.resource.secret_paths, *(key for key in more if key in self.outputs))
