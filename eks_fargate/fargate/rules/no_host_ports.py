"""no-host-ports: no container of a Fargate pod takes a port or an address of its host."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.events import refused
from eks_fargate.fargate.rules.subjects import PodRule, over_containers
from eks_fargate.fargate.unknown import UNKNOWN

_QUESTION = "whether a container takes a port of its host"


def _check(container: Container) -> Iterator[Verdict]:
    for path, port in each(container.fields.get("ports"), f"{container.path}.ports"):
        if port is UNKNOWN:
            yield not_known(path, _QUESTION)
            continue
        for field in ("hostPort", "hostIP"):
            value = read(port, field)
            if value is UNKNOWN:
                yield not_known(f"{path}.{field}", _QUESTION)
            elif value:
                shown = f"{field} {value}" if field == "hostPort" else field
                yield Fail(
                    f"{path}.{field}",
                    f"container {container.name} asks for {shown}, which Fargate refuses",
                    f"Remove {field}; a Service reaches the pod by containerPort.",
                    refused("port contains HostIP or HostPort"),
                )


rule = PodRule(
    id="no-host-ports",
    group="A",
    level=Level.ERROR,
    statement="No container asks for hostPort or hostIP.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=over_containers(_check, _QUESTION),
)
