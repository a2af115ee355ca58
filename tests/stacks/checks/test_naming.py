"""Names, ARNs and tags."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import EXISTING_CLUSTER, FARGATE, changed, problems_of, settings_of


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"tags": {"aws:owner": "shop"}}),
            "tags.aws:owner: tag keys that begin with aws: are AWS's own; choose another key",
            id="a tag of AWS's own",
        ),
        pytest.param(
            changed(FARGATE, {"tags": {f"tag-{n:02}": "x" for n in range(51)}}),
            "tags: 51 tags; AWS takes 50 a resource, of which 2 are set here; leave out 3",
            id="51 tags",
        ),
        pytest.param(
            changed(FARGATE, {"tags": {f"tag-{n:02}": "x" for n in range(49)}}),
            "tags: 49 tags; AWS takes 50 a resource, of which 2 are set here; leave out 1",
            id="49 tags, since a subnet has two of its own",
        ),
        pytest.param(
            changed(
                FARGATE,
                {
                    "tags": {f"tag-{n:02}": "x" for n in range(48)},
                    "profiles.apps.tags": {f"own-{n}": "x" for n in range(3)},
                },
            ),
            "profiles.apps.tags: 51 tags with those of the stack; AWS takes 50 a resource; leave out 1",
            id="more tags of a profile and its stack than AWS takes",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.tags": {"AWS:owner": "shop"}}),
            "profiles.apps.tags.AWS:owner: tag keys that begin with aws: are AWS's own; choose another key",
            id="a tag of AWS's own on a profile",
        ),
        pytest.param(
            changed(FARGATE, {"tags": {"Owner": "a", "owner": "b"}}),
            "tags.owner: IAM takes it for the same key as Owner; keep one of the two",
            id="two tags that IAM takes for one",
        ),
        pytest.param(
            changed(FARGATE, {"tags": {"k" * 129: "x"}}),
            f"tags.{'k' * 129}: a tag's key has 1 to 128 characters and its value 256 at most; shorten it",
            id="a long tag key",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.encryption": "arn:aws:kms:eu-west-1:123456789012:key/mrk-0123456789abcdef"}),
            "cluster.encryption: the key is one of eu-west-1, but the cluster is in us-east-1; name one there",
            id="a key of another region",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.admins": ["arn:aws-cn:iam::123456789012:role/x"]}),
            "cluster.admins[0]: arn:aws-cn:iam::123456789012:role/x is not of the partition aws, in which us-east-1 is",
            id="an administrator of another partition",
        ),
    ],
)
def test_what_aws_does_not_take_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences


def test_a_cluster_is_named_by_project_and_stack_in_words_that_eks_takes() -> None:
    (problem,) = problems_of(FARGATE, stack="review.17")
    assert problem == (
        "cluster: it would be named eks-fargate-review.17, PROJECT-STACK; a cluster name has 1 to 100 letters, digits, "
        "'-' or '_' and begins with a letter or digit. Rename the project or the stack"
    )


def test_a_project_name_that_leaves_no_room_for_the_stack_is_refused() -> None:
    (problem,) = problems_of(FARGATE, project="p" * 96)
    assert problem == (
        f"cluster: it would be named {'p' * 96}-test, PROJECT-STACK; a cluster name has 1 to 100 letters, digits, "
        "'-' or '_' and begins with a letter or digit. Rename the project or the stack"
    )


def test_an_existing_cluster_is_not_asked_for_another_name() -> None:
    assert settings_of(EXISTING_CLUSTER, stack="review.17").cluster_name == "shop"
