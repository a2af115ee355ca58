"""supported-volumes: the volume types that Fargate mounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known
from eks_fargate.fargate.rules.events import refused
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject
from eks_fargate.fargate.unknown import UNKNOWN


def _check(subject: PodSubject) -> Iterator[Verdict]:
    supported = subject.world.facts.table("volumes")["supportedTypes"]
    for path, volume in each(subject.pod.spec.get("volumes"), subject.at("volumes")):
        if volume is UNKNOWN:
            yield not_known(path, "whether the volume is of a type that Fargate mounts")
        elif isinstance(volume, Mapping):
            name = volume.get("name")
            for kind in sorted(key for key, value in volume.items() if key != "name" and value is not None):
                if kind not in supported:
                    yield Fail(
                        f"{path}.{kind}",
                        f"volume {name} is of type {kind}, which Fargate does not mount",
                        f"Use one of {', '.join(supported)}; for files shared between pods, a claim on Amazon EFS.",
                        refused(f"{name} is of an unsupported volume Type"),
                    )


rule = PodRule(
    id="supported-volumes",
    group="A",
    level=Level.ERROR,
    statement="Volumes are emptyDir, secret, configMap, projected, downwardAPI, nfs or a claim.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check,
)
