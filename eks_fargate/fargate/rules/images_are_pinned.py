"""images-are-pinned: the image of a container is the same tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known
from eks_fargate.fargate.rules.subjects import PodRule, over_containers
from eks_fargate.fargate.unknown import UNKNOWN

_QUESTION = "whether a container's image is pinned"


def _check(container: Container) -> Iterator[Verdict]:
    image = container.fields.get("image")
    path = f"{container.path}.image"
    if image is UNKNOWN:
        yield not_known(path, _QUESTION)
    elif isinstance(image, str) and "@" not in image:
        # A colon before the last slash is that of a registry's port.
        _, colon, tag = image.rsplit("/", 1)[-1].partition(":")
        if not colon or tag == "latest":
            lacks = "tag latest" if colon else "no tag"
            message = f"container {container.name} has image {image} with {lacks}, which may be another one tomorrow"
            yield Fail(path, message, "Name a version's tag, or the digest.")


rule = PodRule(
    id="images-are-pinned",
    group="E",
    level=Level.WARNING,
    statement="No image has the tag latest, or none; a digest is fine.",
    source="https://kubernetes.io/docs/concepts/containers/images/",
    check=over_containers(_check, _QUESTION),
)
