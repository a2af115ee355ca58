from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.given import Given
from eks_fargate.fargate.placement import DataPlane, Lands
from eks_fargate.fargate.planned import alone_findings, planned_stack
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules.base import Levels
from eks_fargate.fargate.rules.run import judge_all
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import ACCOUNT, TAGS, changed, plan, resource
from tests.fargate.rules.scenes import put, service, web

GIVEN = Given(date(2026, 11, 21), region="us-east-1", account=ACCOUNT)
SHOP = Profile("shop", (Selector("shop"),))
ON_FARGATE = replace(GIVEN, data_plane=DataPlane.FARGATE)
WITH_PROFILES = replace(GIVEN, profiles=(SHOP,))
ADDON = resource("core-dns", "aws:eks/addon:Addon", {"addonName": "coredns"})
PRIVILEGED = put(web(), "spec.template.spec.containers[0].securityContext.privileged", value=True)


def platform(**selectors: Any) -> dict[str, Resource]:
    """The compliant stack, its profiles with selectors: one for the shop, one for all else."""
    resources = plan()
    for name, listed in (
        ("profile-a", selectors.get("a", [{"namespace": "shop"}])),
        ("profile-b", [{"namespace": "*"}]),
    ):
        inputs = {**resources[name].inputs, "selectors": listed, "fargateProfileName": name}
        resources[name] = replace(resources[name], inputs=inputs)
    return resources


def application(manifest: Mapping[str, Any], type_: str = "apps/v1:Deployment") -> Resource:
    return Resource("urn:web", f"kubernetes:{type_}", "web", "", manifest)


def told(found: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """The level, rule and object of findings."""
    return [(one.level.value, one.rule, one.object) for one in found]


def placed(resources: Sequence[Resource], given: Given = GIVEN) -> list[tuple[Lands, str]]:
    return [(one.lands, one.placement.reason) for one in planned_stack(resources, given).world.pods]


def test_a_compliant_platform_has_no_findings() -> None:
    assert planned_stack(list(platform().values()), GIVEN).findings() == []


def test_a_pod_is_placed_by_the_planned_profiles() -> None:
    without_nodes = [one for one in platform().values() if one.type != "aws:eks/nodeGroup:NodeGroup"]
    planned = planned_stack([*without_nodes, application(PRIVILEGED)], GIVEN)
    assert planned.world.data_plane is DataPlane.FARGATE
    assert [one.placement.profile for one in planned.world.pods] == [Profile("profile-a", (Selector("shop"),))]
    assert told(planned.findings()) == [("error", "no-privileged", "Deployment/shop/web")]


@pytest.mark.parametrize(
    ("left_out", "plane"),
    [
        ((), DataPlane.MIXED),
        (("nodes",), DataPlane.FARGATE),
        (("profile-a", "profile-b"), DataPlane.NODES),
        (("profile-a", "profile-b", "nodes"), UNKNOWN),
        (("cluster", "nodes"), UNKNOWN),
        (("cluster",), DataPlane.MIXED),
        (("cluster", "profile-a", "profile-b"), UNKNOWN),
    ],
)
def test_the_data_plane_is_told_from_the_plan(left_out: Sequence[str], plane: object) -> None:
    resources = {urn: one for urn, one in platform().items() if urn not in left_out}
    for urn in ("profile-a", "profile-b", "nodes"):
        if urn in resources:
            inputs = {**resources[urn].inputs, "clusterName": "shop"}
            resources[urn] = replace(resources[urn], inputs=inputs)
    assert planned_stack(list(resources.values()), GIVEN).world.data_plane is plane


def test_auto_mode_runs_nodes() -> None:
    resources = {**platform(), **{"cluster": changed("cluster", computeConfig={"enabled": True})["cluster"]}}
    del resources["nodes"]
    assert planned_stack(list(resources.values()), GIVEN).world.data_plane is DataPlane.MIXED


def test_without_profiles_nothing_is_said_of_an_application_for_certain() -> None:
    planned = planned_stack([application(PRIVILEGED)], GIVEN)
    assert placed([application(PRIVILEGED)]) == [
        (Lands.UNDETERMINED, "the cluster's Fargate profiles are not known here")
    ]
    assert told(planned.findings()) == [
        ("undetermined", "matches-a-profile", "Deployment/shop/web"),
        ("undetermined", "no-privileged", "Deployment/shop/web"),
    ]


def test_what_keeps_a_pod_off_fargate_does_so_under_any_profiles() -> None:
    kept_off = put(PRIVILEGED, "spec.template.metadata.annotations", {"eks.amazonaws.com/compute-type": "ec2"})
    assert planned_stack([application(kept_off)], GIVEN).findings() == []


def test_a_daemon_set_of_an_application_is_undetermined() -> None:
    daemons = {**web(), "kind": "DaemonSet"}
    found = planned_stack([application(daemons, "apps/v1:DaemonSet")], GIVEN).findings()
    assert told(found) == [("undetermined", "no-daemonset", "DaemonSet/shop/web")]


def test_without_nodes_an_application_is_judged_under_any_profiles() -> None:
    planned = planned_stack([application(PRIVILEGED)], ON_FARGATE)
    assert placed([application(PRIVILEGED)], ON_FARGATE) == [
        (Lands.FARGATE, "the cluster has no nodes, and the cluster's Fargate profiles are not known here")
    ]
    assert told(planned.findings()) == [
        ("error", "no-privileged", "Deployment/shop/web"),
        ("undetermined", "matches-a-profile", "Deployment/shop/web"),
    ]


def test_given_profiles_place_what_they_match_and_leave_the_rest_open() -> None:
    elsewhere = put(PRIVILEGED, "metadata.namespace", "other")
    assert [lands for lands, _ in placed([application(PRIVILEGED)], WITH_PROFILES)] == [Lands.FARGATE]
    reason = (
        "no Fargate profile matches it (the nearest, shop, asks for namespace shop as well), and whether the cluster "
        "has nodes is not known here"
    )
    assert placed([application(elsewhere)], WITH_PROFILES) == [(Lands.UNDETERMINED, reason)]
    mixed = replace(WITH_PROFILES, data_plane=DataPlane.MIXED)
    assert [lands for lands, _ in placed([application(elsewhere)], mixed)] == [Lands.NODES]


def test_of_several_clusters_no_pod_is_known_to_go_to_one() -> None:
    other = replace(platform()["cluster"], urn="cluster-2", name="cluster-2")
    planned = planned_stack([*platform().values(), other, application(PRIVILEGED)], GIVEN)
    assert [one.owner.urn for one in planned.clusters] == ["cluster", "cluster-2"]
    assert [[one.urn for one in cluster.profiles] for cluster in planned.clusters] == [["profile-a", "profile-b"], []]
    assert {one.level for one in planned.findings()} == {Level.UNDETERMINED}


def test_profiles_of_a_cluster_that_the_plan_does_not_make_are_judged() -> None:
    inputs = {"clusterName": "old", "selectors": [], "fargateProfileName": "web", "tags": TAGS}
    planned = planned_stack([resource("profile", "aws:eks/fargateProfile:FargateProfile", inputs)], GIVEN)
    assert [(one.cluster.name, one.cluster.existing) for one in planned.clusters] == [("old", True)]
    assert ("error", "profile-has-selectors", "profile") in told(planned.findings())


@pytest.mark.parametrize(
    "selectors",
    [
        UNKNOWN,
        [UNKNOWN],
        [{"namespace": UNKNOWN}],
        [{"namespace": "shop", "labels": UNKNOWN}],
        [{"namespace": "shop", "labels": {"app": UNKNOWN}}],
    ],
)
def test_selectors_not_known_make_a_miss_undetermined(selectors: object) -> None:
    resources = platform(a=selectors)
    del resources["profile-b"], resources["nodes"]
    found = planned_stack([*resources.values(), application(web())], GIVEN)
    assert [one.lands for one in found.world.pods] == [Lands.UNDETERMINED]
    assert ("undetermined", "matches-a-profile", "Deployment/shop/web") in told(found.findings())
    assert ("undetermined", "profile-has-selectors", "profile-a") in told(found.findings())


def test_a_selector_that_is_known_counts_beside_one_that_is_not() -> None:
    resources = platform(a=[{"namespace": UNKNOWN}, {"namespace": "shop"}])
    assert [lands for lands, _ in placed([*resources.values(), application(web())])] == [Lands.FARGATE]


def test_findings_name_the_resource_and_its_own_fields() -> None:
    resources = platform(a=[{"namespace": "Shop"}])
    resources["cluster"] = replace(resources["cluster"], inputs={**resources["cluster"].inputs, "version": "1.33"})
    subnet = resources["subnet-a"]
    resources["subnet-a"] = replace(subnet, inputs={**subnet.inputs, "availabilityZoneId": "use1-az3"})
    found = planned_stack(list(resources.values()), GIVEN).findings()
    assert [(one.rule, one.object, one.path) for one in found if one.level is not Level.UNDETERMINED] == [
        ("profile-has-selectors", "profile-a", "selectors[0].namespace"),
        ("zone-is-supported", "subnet-a", "availabilityZoneId"),
        ("cluster-version", "cluster", "version"),
    ]


def test_what_aws_brings_along_is_no_matter_of_hygiene() -> None:
    planned = planned_stack([*platform().values(), ADDON], replace(GIVEN, pod_security="restricted"))
    assert [one.pod.ref for one in planned.world.pods] == ["Deployment/kube-system/coredns"]
    assert {one.rule for one in judge_all(planned.world)} == {
        "images-are-pinned",
        "pod-security",
        "service-account-token",
    }
    assert planned.findings() == []


def test_objects_are_traced_to_the_resources_that_make_them() -> None:
    listed = application({"items": [service(), web()]}, "core/v1:List")
    assert planned_stack([*platform().values(), ADDON, listed], GIVEN).urns == {
        "Deployment/kube-system/coredns": "core-dns",
        "Deployment/shop/web": "urn:web",
        "Service/shop/web": "urn:web",
    }


def test_a_resource_is_let_off_by_name() -> None:
    resources = list({**platform(), "vpc": changed("vpc", tags=None)["vpc"]}.values())
    assert told(planned_stack(resources, GIVEN).findings()) == [("warning", "resources-are-tagged", "vpc")]
    (let_off,) = planned_stack(resources, replace(GIVEN, suppress={"resources-are-tagged": ["vpc"]})).findings()
    assert let_off.suppressed
    (kept,) = planned_stack(resources, replace(GIVEN, suppress={"resources-are-tagged": ["vpc-2"]})).findings()
    assert not kept.suppressed


def test_nothing_is_let_off_from_what_aws_refuses() -> None:
    resources = list(platform(a=[]).values())
    given = replace(GIVEN, suppress={"profile-has-selectors": ["profile-a"]})
    assert [(one.rule, one.suppressed) for one in planned_stack(resources, given).findings()] == [
        ("profile-has-selectors", False)
    ]


def test_production_asks_for_more() -> None:
    opened = {"endpointPublicAccess": True, "endpointPrivateAccess": True, "publicAccessCidrs": ["0.0.0.0/0"]}
    resources = list({**platform(), "cluster": changed("cluster", vpcConfig=opened)["cluster"]}.values())
    assert told(planned_stack(resources, GIVEN).findings()) == [("warning", "cluster-endpoint-restricted", "cluster")]
    in_production = planned_stack(resources, replace(GIVEN, production=True))
    assert told(in_production.findings()) == [("error", "cluster-endpoint-restricted", "cluster")]


def test_a_linter_s_findings_are_settled_as_any_others() -> None:
    linted = Finding("aws-schema", Level.ERROR, "vpc", "cidrBlock", "message", "fix", "https://example.com")
    given = replace(GIVEN, levels=Levels({"aws-schema": Level.WARNING}), suppress={"aws-schema": ["vpc"]})
    planned = planned_stack(list(platform().values()), given)
    assert planned.with_linted([linted]) == [replace(linted, level=Level.WARNING, suppressed=True)]


FAULTY = [
    *{
        **platform(a=[]),
        "cluster": changed("cluster", enabledClusterLogTypes=[], version="1.33")["cluster"],
        "vpc": changed("vpc", tags=None, enableDnsSupport=False)["vpc"],
        "template": changed("template", blockDeviceMappings=None, metadataOptions=None)["template"],
    }.values(),
    ADDON,
    application(PRIVILEGED),
    Resource("urn:service", "kubernetes:core/v1:Service", "web", "", service(type="NodePort")),
    resource("eks", "eks:index:Cluster", {}),
]


@pytest.mark.parametrize(
    "given",
    [GIVEN, ON_FARGATE, WITH_PROFILES, replace(WITH_PROFILES, data_plane=DataPlane.MIXED, pod_security="restricted")],
)
def test_no_finding_comes_twice_and_none_is_lost(given: Given) -> None:
    given = replace(given, kubernetes_version="1.33")
    planned = planned_stack(FAULTY, given)
    alone = [finding for one in FAULTY for finding in alone_findings(one, given)]
    assert alone
    assert sorted(map(repr, [*alone, *planned.findings_together()])) == sorted(map(repr, planned.findings()))
    assert len(set(alone)) == len(alone)


def test_a_pod_is_judged_alone_where_its_placement_is_certain() -> None:
    assert alone_findings(application(PRIVILEGED), GIVEN) == []
    expected = [("error", "no-privileged", "Deployment/shop/web")]
    assert told(alone_findings(application(PRIVILEGED), ON_FARGATE)) == expected
    assert told(alone_findings(application(PRIVILEGED), WITH_PROFILES)) == expected


@pytest.mark.parametrize(
    ("one", "rule"),
    [
        (FAULTY[3], "cluster-logs-enabled"),
        (platform(a=[])["profile-a"], "profile-has-selectors"),
        (resource("disk", "aws:ebs/volume:Volume", {}), "volumes-are-encrypted"),
    ],
)
def test_what_a_resource_decides_by_itself_is_found_alone(one: Resource, rule: str) -> None:
    assert rule in {finding.rule for finding in alone_findings(one, GIVEN)}


def test_a_component_is_not_judged_alone() -> None:
    assert alone_findings(resource("eks", "eks:index:Cluster", {}), GIVEN) == []


def test_a_version_that_is_none_is_for_its_rule_to_tell() -> None:
    resources = {**platform(), "cluster": changed("cluster", version="newest")["cluster"]}
    found = planned_stack(list(resources.values()), GIVEN)
    assert [(one.rule, one.object, one.path) for one in found.findings()] == [("cluster-version", "cluster", "version")]


def test_messages_name_the_resource_s_own_fields_too() -> None:
    subnet = platform()["subnet-a"]
    bare = replace(subnet, inputs={**subnet.inputs, "availabilityZoneId": UNKNOWN})
    (found,) = planned_stack([*{**platform(), "subnet-a": bare}.values()], GIVEN).findings()
    assert found.message == (
        "availabilityZoneId is not known before deployment, and decides whether EKS and Fargate run in the zone"
    )


def patch(**container: Any) -> Resource:
    """A patch of one container of Deployment shop/web; all it does not set stands in the cluster already."""
    spec = {"template": {"spec": {"containers": [{"name": "web", **container}]}}}
    fields = {"metadata": {"name": "web", "namespace": "shop"}, "spec": spec}
    return Resource("urn:patch", "kubernetes:apps/v1:DeploymentPatch", "patch", "", fields)


def test_what_a_patch_sets_is_held_against_what_fargate_refuses() -> None:
    refused = patch(securityContext={"privileged": True})
    assert told(alone_findings(refused, ON_FARGATE)) == [("error", "no-privileged", "Deployment/shop/web")]
    planned = planned_stack([refused], ON_FARGATE)
    assert told(planned.findings()) == [("error", "no-privileged", "Deployment/shop/web")]
    assert planned.findings_together() == []
    assert planned.urns == {"Deployment/shop/web": "urn:patch"}


def test_what_a_patch_leaves_out_is_not_blamed_on_it() -> None:
    assert alone_findings(patch(image="registry.example/web:1.0"), ON_FARGATE) == []
    assert planned_stack([patch(image="registry.example/web:1.0")], ON_FARGATE).findings() == []


def test_whether_a_patched_pod_is_on_fargate_hangs_on_labels_that_the_patch_does_not_tell() -> None:
    refused = patch(securityContext={"privileged": True})
    labelled = replace(GIVEN, profiles=(Profile("shop", (Selector("shop", {"tier": "web"}),)),))
    assert told(alone_findings(refused, labelled)) == [("undetermined", "no-privileged", "Deployment/shop/web")]
    assert told(planned_stack([refused], GIVEN).findings_together()) == [
        ("undetermined", "no-privileged", "Deployment/shop/web")
    ]
