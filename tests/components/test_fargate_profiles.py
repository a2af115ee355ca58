from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.fargate_profiles import FargateProfileArgs, FargateProfiles, FargateProfilesArgs
from eks_fargate.fargate.profiles import Profile, Selector
from tests.components.mocks import Built, build, stand_in

PROFILE = "aws:eks/fargateProfile:FargateProfile"
ROLE = "arn:aws:iam::123456789012:role/shop-pod-execution"


def profile(key: str, **changes: Any) -> FargateProfileArgs:
    return replace(
        FargateProfileArgs(
            profile=Profile(f"{key}--0123abcd", (Selector(key),), key),
            subnet_ids=("subnet-a", "subnet-b"),
            tags={"team": "shop"},
        ),
        **changes,
    )


def built(*profiles: FargateProfileArgs) -> Built:
    def program() -> dict[str, Any]:
        made = FargateProfiles(
            "profiles",
            FargateProfilesArgs(
                cluster_name="shop",
                pod_execution_role_arn=ROLE,
                profiles=profiles,
                after=[stand_in("permission"), stand_in("egress")],
            ),
        )
        return {"profiles": [one.fargate_profile_name for one in made.profiles]}

    return build(program)


def test_a_profile_is_what_was_asked_for_under_its_physical_name() -> None:
    made = built(profile("apps")).one(PROFILE, "profiles-apps")
    assert made.parent == "profiles"
    assert made.inputs == {
        "clusterName": "shop",
        "fargateProfileName": "apps--0123abcd",
        "podExecutionRoleArn": ROLE,
        "subnetIds": ["subnet-a", "subnet-b"],
        "selectors": [{"namespace": "apps"}],
        "tags": {"team": "shop"},
    }


def test_a_selector_has_labels_only_where_it_names_some() -> None:
    selectors = (Selector("default"), Selector("shop", {"environment": "fargate"}))
    made = built(profile("apps", profile=Profile("apps--0123abcd", selectors, "apps")))
    assert made.one(PROFILE, "profiles-apps").inputs["selectors"] == [
        {"namespace": "default"},
        {"namespace": "shop", "labels": {"environment": "fargate"}},
    ]


def test_each_profile_depends_directly_on_every_earlier_one_and_on_what_comes_before_all() -> None:
    made = built(profile("c"), profile("a"), profile("d"), profile("b"))
    before = ["StandIn egress", "StandIn permission"]
    assert {one.name: one.depends_on for one in made.of_type(PROFILE)} == {
        "profiles-a": before,
        "profiles-b": ["FargateProfile profiles-a", *before],
        "profiles-c": ["FargateProfile profiles-a", "FargateProfile profiles-b", *before],
        "profiles-d": ["FargateProfile profiles-a", "FargateProfile profiles-b", "FargateProfile profiles-c", *before],
    }


def test_profiles_come_in_the_order_of_their_settings_keys() -> None:
    assert built(profile("c"), profile("a"), profile("b")).outputs["profiles"] == [
        "a--0123abcd",
        "b--0123abcd",
        "c--0123abcd",
    ]


def test_making_or_removing_a_profile_may_take_half_an_hour() -> None:
    timeouts = built(profile("apps")).one(PROFILE, "profiles-apps").request.customTimeouts
    assert (timeouts.create, timeouts.update, timeouts.delete) == ("30m", "", "30m")


@pytest.mark.parametrize("fixed_name", [False, True])
def test_a_profile_is_removed_before_its_replacement_only_where_its_name_is_fixed(fixed_name: bool) -> None:  # noqa: FBT001  a parameter of the test
    request = built(profile("apps", fixed_name=fixed_name)).one(PROFILE, "profiles-apps").request
    assert request.deleteBeforeReplaceDefined is True
    assert request.deleteBeforeReplace is fixed_name


def test_without_profiles_there_is_none() -> None:
    assert built().of_type(PROFILE) == []
