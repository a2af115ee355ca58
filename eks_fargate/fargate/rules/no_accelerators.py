"""no-accelerators: Fargate's nodes offer no GPU, no Neuron device and no other extended resource."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, entries, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, over_containers
from eks_fargate.fargate.unknown import UNKNOWN

_QUESTION = "whether a container asks for an extended resource"


def _check(container: Container) -> Iterator[Verdict]:
    seen: set[str] = set()
    for field in ("requests", "limits"):
        asked = read(container.fields, "resources", field)
        for path, resource, amount in entries(asked, f"{container.path}.resources.{field}"):
            if not resource:
                yield not_known(path, _QUESTION)
            # An extended resource is one whose name has a domain; Kubernetes requires limits to equal requests for it.
            elif "/" not in resource or resource in seen:
                continue
            elif amount is UNKNOWN:
                yield not_known(path, f"how much {resource} a container asks for")
            elif str(amount) != "0":
                seen.add(resource)
                yield Fail(
                    path,
                    f"container {container.name} asks for {amount} {resource}, which no Fargate node offers",
                    "Remove it, or run the pod on nodes that offer it.",
                )


rule = PodRule(
    id="no-accelerators",
    group="A",
    level=Level.ERROR,
    statement="No GPU, Neuron or other extended resource is asked for.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=over_containers(_check, _QUESTION, "containers", "initContainers"),
)
