from __future__ import annotations

from dataclasses import replace

import pytest

from eks_fargate.fargate.rules.base import Fail, Undetermined, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import LAUNCH_TEMPLATE, NODE_GROUP, changed, on_plan, plan, resource, stack_of

RULE = "nodes-use-imdsv2"
PATH = "metadataOptions.httpTokens"
FIX = "Set metadataOptions.httpTokens to required."
FAIL = Fail(PATH, "the metadata service answers without a token (IMDSv1)", FIX)
GIVE = "Give the node group a launch template with metadataOptions.httpTokens: required."
INSTANCE = "aws:ec2/instance:Instance"


def test_a_template_that_requires_a_token_passes() -> None:
    assert on_plan(RULE, stack_of(plan())) == []


def test_no_metadata_service_passes() -> None:
    assert on_plan(RULE, stack_of(changed("template", metadataOptions={"httpEndpoint": "disabled"}))) == []


@pytest.mark.parametrize("options", [{"httpTokens": "optional"}, {"httpEndpoint": "enabled"}, None])
def test_a_template_that_requires_none_fails(options: object) -> None:
    assert on_plan(RULE, stack_of(changed("template", metadataOptions=options))) == [("template", FAIL)]


@pytest.mark.parametrize("options", [{"httpTokens": UNKNOWN}, {"httpEndpoint": UNKNOWN}, UNKNOWN])
def test_options_not_known_leave_it_undetermined(options: object) -> None:
    expected = not_known(PATH, "whether IMDSv2 is required")
    assert on_plan(RULE, stack_of(changed("template", metadataOptions=options))) == [("template", expected)]


def test_a_template_of_no_node_group_is_not_judged() -> None:
    assert on_plan(RULE, stack_of({"other": resource("other", LAUNCH_TEMPLATE, {})})) == []


def test_a_template_within_a_component_of_nodes_is_judged() -> None:
    component = resource("eks", "eks:index:NodeGroupV2", {})
    template = replace(resource("template", LAUNCH_TEMPLATE, {}), parent="eks")
    assert on_plan(RULE, stack_of({"eks": component, "template": template})) == [("template", FAIL)]


def test_an_instance_is_judged_as_a_template_is() -> None:
    assert on_plan(RULE, stack_of({"one": resource("one", INSTANCE, {})})) == [("one", FAIL)]
    tokens = {"metadataOptions": {"httpTokens": "required"}}
    assert on_plan(RULE, stack_of({"one": resource("one", INSTANCE, tokens)})) == []


def of_group(inputs: dict[str, object], type_: str = NODE_GROUP) -> list[object]:
    return [verdict for _, verdict in on_plan(RULE, stack_of({"nodes": resource("nodes", type_, inputs)}))]


@pytest.mark.parametrize("image", ["AL2_x86_64", "CUSTOM", "WINDOWS_CORE_2022_x86_64"])
def test_without_a_template_an_image_that_asks_for_none_fails(image: str) -> None:
    message = f"there is no launch template, and EKS's own leaves IMDSv2 optional on images of type {image}"
    assert of_group({"amiType": image}) == [Fail("launchTemplate", message, GIVE)]


@pytest.mark.parametrize("inputs", [{}, {"amiType": "AL2023_x86_64_STANDARD"}, {"amiType": "BOTTLEROCKET_ARM_64"}])
def test_without_a_template_the_account_s_default_decides(inputs: dict[str, object]) -> None:
    message = (
        "there is no launch template, and EKS's own leaves it to the image, which requires IMDSv2, and to the "
        "account's default, which may not"
    )
    assert of_group(inputs) == [Undetermined("launchTemplate", message, GIVE)]


def test_without_a_template_an_image_not_known_leaves_it_undetermined() -> None:
    assert of_group({"amiType": UNKNOWN}) == [not_known("amiType", "whether IMDSv2 is required")]


def test_a_template_that_is_not_planned_leaves_it_undetermined() -> None:
    message = "the plan does not make the launch template, which decides whether IMDSv2 is required"
    assert of_group({"launchTemplate": {"id": "lt-1"}}) == [Undetermined("launchTemplate", message, FIX)]


def test_a_component_may_ask_for_it() -> None:
    managed = "eks:index:ManagedNodeGroup"
    assert of_group({"enableIMDSv2": True}, managed) == []
    assert [type(one) for one in of_group({"enableIMDSv2": UNKNOWN}, managed)] == [Undetermined]
    assert [type(one) for one in of_group({"amiType": "AL2_x86_64"}, managed)] == [Fail]


def test_a_component_that_makes_templates_of_its_own_is_undetermined() -> None:
    message = "the launch template that the component makes is not in sight"
    assert of_group({}, "eks:index:NodeGroupV2") == [Undetermined("", message, "Look at it in AWS.")]
