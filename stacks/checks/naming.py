"""Names and tags: what AWS takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stacks.settings import Settings

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_LONGEST_ROLE_NAME = 64
# https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
_MOST_TAGS, _LONGEST_TAG_KEY, _LONGEST_TAG_VALUE = 50, 128, 256


def names(settings: Settings) -> Iterator[str]:
    """The pod execution role's name carries the cluster's."""
    name = settings.pod_execution_role_name
    if len(name) > _LONGEST_ROLE_NAME:
        what = "cluster.existing" if settings.cluster.existing else "the project's and stack's names"
        yield (
            f"cluster: the role name {name} has {len(name)} characters, and IAM takes {_LONGEST_ROLE_NAME}; "
            f"shorten {what}"
        )


def tags(settings: Settings) -> Iterator[str]:
    """Tags of the stack and of each profile."""
    yield from _tags("tags", settings.tags)
    for key, profile in sorted(settings.profiles.items()):
        yield from _tags(f"profiles.{key}.tags", {**settings.tags, **profile.tags} if profile.tags else {})


def _tags(path: str, given: Mapping[str, str]) -> Iterator[str]:
    if len(given) > _MOST_TAGS:
        yield f"{path}: {len(given)} tags; AWS takes {_MOST_TAGS} a resource"
    for key, value in sorted(given.items()):
        if key.lower().startswith("aws:"):
            yield f"{path}.{key}: tag keys that begin with aws: are AWS's own; choose another key"
        if not 1 <= len(key) <= _LONGEST_TAG_KEY or len(value) > _LONGEST_TAG_VALUE:
            yield (
                f"{path}.{key}: a tag's key has 1 to {_LONGEST_TAG_KEY} characters and its value "
                f"{_LONGEST_TAG_VALUE} at most"
            )
