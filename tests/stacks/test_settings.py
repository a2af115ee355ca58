"""The settings as a whole: how they are read, and what follows from them before anything is deployed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.offline import project
from tests.stacks.configured import (
    EXISTING_CLUSTER,
    EXISTING_VPC,
    FARGATE,
    MIXED,
    NO_NAT,
    NODES,
    REMOVED,
    WHOLES,
    changed,
    load,
    problems_of,
    settings_of,
)

ROOT = Path(__file__).parents[2]
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc:v3.5.0"


@pytest.mark.parametrize("whole", WHOLES.values(), ids=list(WHOLES))
def test_a_whole_has_no_problem_and_no_warning(whole: dict[str, Any]) -> None:
    loaded = load(whole)
    assert (loaded.problems, loaded.warnings) == ((), ())


@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
def test_a_shipped_environment_has_no_problem_and_no_warning(stack: str) -> None:
    loaded = load(project.load(ROOT, stack).config, stack=stack)
    assert (loaded.problems, loaded.warnings) == ((), ())


def test_what_is_left_out_has_the_documented_default() -> None:
    got = settings_of(FARGATE)
    assert (got.account, got.production, got.data_plane, got.pod_security) == (
        None,
        False,
        DataPlane.FARGATE,
        "baseline",
    )
    assert (got.network.nat, got.network.endpoints, got.cluster.support_type) == ("single", None, "extended")
    assert (got.cluster.endpoint.public, got.cluster.endpoint.private) == (True, True)
    assert (got.alb_ingress.enabled, got.logging.enabled, got.logging.retention_days) == (False, False, 30)
    assert (dict(got.node_groups), dict(got.tags), dict(got.rules)) == ({}, {}, {})
    assert got.today == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("config", "endpoints"),
    [
        (FARGATE, "s3"),
        (MIXED, "s3"),
        (NO_NAT, "ecr.api ecr.dkr s3 sts"),
        (changed(NO_NAT, {"network.endpoints": "auto"}), "ecr.api ecr.dkr s3 sts"),
        (changed(NO_NAT, {"logging.enabled": True}), "ecr.api ecr.dkr logs s3 sts"),
        (
            changed(NO_NAT, {"albIngress": {"enabled": True, "image": IMAGE}}),
            "ec2 ecr.api ecr.dkr elasticloadbalancing s3 sts",
        ),
        (changed(MIXED, {"network.nat": "none"}), "ec2 ecr.api ecr.dkr eks s3 sts"),
        (changed(FARGATE, {"network.endpoints": ["sts", "s3"]}), "s3 sts"),
        (changed(FARGATE, {"network.endpoints": []}), ""),
    ],
)
def test_endpoints_are_all_that_is_needed_without_nat_and_s3_with_it(config: dict[str, Any], endpoints: str) -> None:
    assert " ".join(settings_of(config).endpoints) == endpoints


@pytest.mark.parametrize(
    ("config", "core_dns"),
    [
        (FARGATE, ("addon", "fargate")),
        (NODES, ("addon", "nodes")),
        (MIXED, ("addon", "fargate")),
        (changed(MIXED, {"coreDns.runOn": "nodes"}), ("addon", "nodes")),
        (changed(FARGATE, {"coreDns.manage": "patch"}), ("patch", "fargate")),
        (changed(MIXED, {"coreDns": {"manage": "none"}}), ("none", None)),
        (EXISTING_CLUSTER, ("patch", "fargate")),
        (changed(EXISTING_CLUSTER, {"dataPlane": "mixed"}), ("none", None)),
        (changed(EXISTING_CLUSTER, {"dataPlane": "mixed", "coreDns.runOn": "nodes"}), ("none", "nodes")),
        (changed(EXISTING_CLUSTER, {"dataPlane": "mixed", "coreDns.runOn": "fargate"}), ("patch", "fargate")),
    ],
)
def test_core_dns_follows_the_data_plane(config: dict[str, Any], core_dns: tuple[str, str | None]) -> None:
    assert settings_of(config).core_dns == core_dns


@pytest.mark.parametrize(
    ("config", "public"),
    [
        (FARGATE, True),
        (NO_NAT, False),
        (changed(NO_NAT, {"albIngress": {"enabled": True, "image": IMAGE}}), True),
        (changed(NO_NAT, {"albIngress": {"enabled": True, "image": IMAGE, "internetFacing": False}}), False),
    ],
)
def test_public_subnets_are_for_nat_and_for_load_balancers(config: dict[str, Any], public: bool) -> None:  # noqa: FBT001
    assert settings_of(config).public_subnets is public


@pytest.mark.parametrize(
    ("config", "reached"),
    [
        (FARGATE, True),
        (NO_NAT, False),
        (EXISTING_VPC, True),
        (changed(EXISTING_VPC, {"network.existing.internetAccess": False}), False),
    ],
)
def test_the_internet_is_reached_by_nat_or_as_an_existing_vpc_says(config: dict[str, Any], reached: bool) -> None:  # noqa: FBT001
    assert settings_of(config).internet_access is reached


def test_the_partition_is_the_regions() -> None:
    chinese = {"aws:region": "cn-north-1", "network.zones": ["cnn1-az1", "cnn1-az2"]}
    assert settings_of(FARGATE).partition == "aws"
    assert settings_of(changed(FARGATE, chinese)).partition == "aws-cn"


def test_zones_have_fixed_places_in_the_vpc() -> None:
    zones = settings_of(FARGATE).zones
    assert [(zone.zone_id, zone.private_cidr, zone.public_cidr) for zone in zones] == [
        ("use1-az1", "10.0.0.0/19", "10.0.128.0/21"),
        ("use1-az2", "10.0.32.0/19", "10.0.136.0/21"),
    ]
    assert settings_of(EXISTING_VPC).zones == ()


def test_a_profile_is_known_by_its_subnets_before_they_are_made() -> None:
    got = settings_of(changed(FARGATE, {"profiles.apps.subnets": ["use1-az2"]}))
    assert got.subnet_identities(got.profiles["system"]) == ("10.0.0.0/19@use1-az1", "10.0.32.0/19@use1-az2")
    assert got.subnet_identities(got.profiles["apps"]) == ("10.0.32.0/19@use1-az2",)


def test_a_profile_in_an_existing_vpc_is_known_by_its_subnet_ids() -> None:
    got = settings_of(changed(EXISTING_VPC, {"profiles.apps.subnets": ["subnet-0aaaaaaaaaaaaaaa2"]}))
    assert got.subnet_identities(got.profiles["system"]) == ("subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2")
    assert got.subnet_identities(got.profiles["apps"]) == ("subnet-0aaaaaaaaaaaaaaa2",)


def profile_names(config: dict[str, Any]) -> dict[str, str]:
    return {profile.key: profile.name for profile in settings_of(config).fargate_profiles}


def test_a_profile_has_a_new_name_whenever_it_has_to_be_replaced_and_only_then() -> None:
    names = profile_names(FARGATE)
    assert names == {"apps": "apps--aa4cdb66", "system": "system--6f26c04d"}
    for change in (
        {"profiles.apps.selectors.0.namespace": "shop-*"},
        {"profiles.apps.selectors.0.labels": {"tier": "web"}},
        {"profiles.apps.subnets": ["use1-az1"]},
    ):
        other = profile_names(changed(FARGATE, change))
        assert (other["apps"] != names["apps"], other["system"]) == (True, names["system"]), change
    for change in ({"profiles.apps.tags": {"team": "shop"}}, {"profiles.apps.subnets": ["use1-az2", "use1-az1"]}):
        assert profile_names(changed(FARGATE, change)) == names, change


def test_a_fixed_name_has_no_hash() -> None:
    assert profile_names(changed(FARGATE, {"profiles.apps.fixedName": True}))["apps"] == "apps"


def test_the_cluster_is_named_by_project_and_stack_unless_it_exists() -> None:
    assert settings_of(FARGATE).cluster_name == "eks-fargate-test"
    assert settings_of(EXISTING_CLUSTER).cluster_name == "shop"


@pytest.mark.parametrize(
    ("cluster", "role"),
    [
        ("shop", "shop-us-east-1-pod-execution"),
        ("c" * 40, f"{'c' * 40}-us-east-1-pod-execution"),
        ("c" * 41, f"{'c' * 41}-f1841848-pod-execution"),
        ("c" * 100, f"{'c' * 41}-02ca9411-pod-execution"),
    ],
)
def test_the_role_of_a_cluster_with_a_long_name_has_a_name_that_iam_takes(cluster: str, role: str) -> None:
    assert settings_of(changed(EXISTING_CLUSTER, {"cluster.existing": cluster})).pod_execution_role_name == role
    assert len(role) <= 64


def test_every_problem_is_told_at_once_those_of_shape_and_those_across_sections() -> None:
    config = changed(
        FARGATE,
        {
            "accont": "123456789012",
            "network.cidr": "10.0.0.0/24",
            "cluster.version": 1.3,
            "profiles.eks-apps": {"selectors": [{"namespace": ""}]},
            "tags": {"aws:owner": "shop"},
            "rules": {"jobs-expires": "off"},
            "overrides": {"qoutas": {}},
            "logging.enabled": True,
            "nodeGroups": MIXED["nodeGroups"],
        },
    )
    assert [problem.partition(":")[0] for problem in problems_of(config)] == [
        "accont",
        "network.cidr",
        "cluster.version",
        "overrides.qoutas",
        "tags.aws",
        "rules.jobs-expires",
        "profiles.eks-apps",
    ]


def test_a_required_section_that_is_left_out_or_empty_is_asked_for() -> None:
    asked = "network: it is missing, and has no default; see stacks/Pulumi.dev.yaml for an example"
    assert problems_of(changed(FARGATE, {"network": REMOVED})) == [asked]
    assert problems_of(changed(FARGATE, {"network": None})) == [asked]


def test_an_optional_section_that_is_empty_is_as_if_left_out() -> None:
    assert settings_of(changed(FARGATE, {"logging": None, "tags": None, "account": ""})).logging.enabled is False


@pytest.mark.parametrize("region", [REMOVED, None, ""])
def test_the_region_is_asked_for(region: Any) -> None:
    assert problems_of(changed(FARGATE, {"aws:region": region})) == [
        "aws:region: it is missing; set the region to deploy to, such as us-east-1"
    ]


@pytest.mark.parametrize("region", ["us east 1", "7", "us-east-1a", "US-EAST-1"])
def test_a_region_is_written_as_regions_are(region: str) -> None:
    assert problems_of(changed(FARGATE, {"aws:region": region})) == [
        f'aws:region: got "{region}"; a region is written as us-east-1 is'
    ]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        (
            "account",
            "12345678901",
            (
                'account: got "12345678901"; an AWS account id has 12 digits; in quotes, or YAML drops zeros at its '
                "beginning"
            ),
        ),
        ("production", "yes", "production: got \"yes\"; allowed: 'true', 'false'"),
        ("dataPlane", "hybrid", "dataPlane: got \"hybrid\"; allowed: 'fargate', 'mixed', 'nodes'"),
        ("podSecurity", "strict", "podSecurity: got \"strict\"; allowed: 'off', 'baseline', 'restricted'"),
        (
            "netwrok",
            {},
            (
                "netwrok: unknown key; did you mean network? known here: account, albIngress, cluster, coreDns, "
                "dataPlane, logging, network, nodeGroups, overrides, podSecurity, production, profiles, rules, tags"
            ),
        ),
    ],
)
def test_a_setting_of_one_word_that_is_none_is_refused(key: str, value: Any, sentence: str) -> None:
    assert problems_of(FARGATE | {key: value}) == [sentence]


def test_a_key_set_without_path_is_told_how_to_be_set() -> None:
    assert problems_of(FARGATE | {"network.cidr": "10.0.0.0/16"}) == [
        "network.cidr: unknown key; to set a part of network, write `pulumi config set --path 'network.cidr' ...`"
    ]


def test_a_secret_setting_is_refused_without_its_value() -> None:
    assert problems_of(FARGATE, secret_keys=["cluster"]) == [
        "cluster: it is a secret, but settings shape what is built and cannot be; set it without --secret"
    ]


def test_a_day_that_is_none_is_refused() -> None:
    assert problems_of(changed(FARGATE, {"tags": {"aws:x": "y"}}), today="soon") == [
        'EKS_FARGATE_TODAY: got "soon"; a date is wanted in the environment, such as 2026-11-21',
        "tags.aws:x: tag keys that begin with aws: are AWS's own; choose another key",
    ]


def test_off_in_a_stack_file_is_a_level(tmp_path: Path) -> None:
    stack_file = tmp_path / "Pulumi.test.yaml"
    stack_file.write_text(
        (ROOT / "stacks" / "Pulumi.dev.yaml").read_text() + "  eks-fargate:rules: {jobs-expire: off}\n"
    )
    loaded = settings_of(project.load(ROOT, "test", tmp_path).config)
    assert loaded.rules["jobs-expire"].level == "off"
