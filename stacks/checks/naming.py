"""Names, ARNs and tags: what AWS takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from stacks.domain import ClusterName
from stacks.environment import Environment

# https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
_MOST_TAGS, _LONGEST_TAG_KEY, _LONGEST_TAG_VALUE = 50, 128, 256
# A subnet's name and its role for the load balancer controller.
_OWN_TAGS = 2


def names(settings: Environment) -> Iterator[str]:
    """A cluster to make is named by the project and the stack."""
    if settings.cluster.existing is not None:
        return
    try:
        TypeAdapter(ClusterName).validate_python(settings.cluster_name)
    except ValidationError as error:
        yield (
            f"cluster: it would be named {settings.cluster_name}, PROJECT-STACK; {error.errors()[0]['msg']}. "
            "Rename the project or the stack"
        )


def arns(settings: Environment) -> Iterator[str]:
    """A cluster uses keys of its own region, and knows principals of its own partition."""
    section = settings.cluster
    key = section.encryption.split(":")
    if len(key) > 1 and (key[1], key[3]) != (settings.partition, settings.region):
        yield f"cluster.encryption: the key is one of {key[3]}, but the cluster is in {settings.region}; name one there"
    for index, arn in enumerate(section.admins):
        if arn.split(":")[1] != settings.partition:
            yield (
                f"cluster.admins[{index}]: {arn} is not of the partition {settings.partition}, in which "
                f"{settings.region} is"
            )


def tags(settings: Environment) -> Iterator[str]:
    """Tags of the stack and of each profile."""
    yield from _tags("tags", settings.tags)
    if len(settings.tags) > _MOST_TAGS - _OWN_TAGS:
        yield (
            f"tags: {len(settings.tags)} tags; AWS takes {_MOST_TAGS} a resource, of which {_OWN_TAGS} are set here; "
            f"leave out {len(settings.tags) - _MOST_TAGS + _OWN_TAGS}"
        )
    for key, profile in sorted(settings.profiles.items()):
        path = f"profiles.{key}.tags"
        yield from _tags(path, profile.tags)
        together = len({**settings.tags, **profile.tags})
        if profile.tags and together > _MOST_TAGS:
            yield (
                f"{path}: {together} tags with those of the stack; AWS takes {_MOST_TAGS} a resource; "
                f"leave out {together - _MOST_TAGS}"
            )


def _tags(path: str, given: Mapping[str, str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for key, value in sorted(given.items()):
        if key.lower().startswith("aws:"):
            yield f"{path}.{key}: tag keys that begin with aws: are AWS's own; choose another key"
        if not 1 <= len(key) <= _LONGEST_TAG_KEY or len(value) > _LONGEST_TAG_VALUE:
            yield (
                f"{path}.{key}: a tag's key has 1 to {_LONGEST_TAG_KEY} characters and its value "
                f"{_LONGEST_TAG_VALUE} at most; shorten it"
            )
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
        other = seen.setdefault(key.lower(), key)
        if other != key:
            yield f"{path}.{key}: IAM takes it for the same key as {other}; keep one of the two"
