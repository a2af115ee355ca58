"""Settings against the tables of facts and the rules: what is refused, what is warned about."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import (
    EXISTING_CLUSTER,
    EXISTING_VPC,
    FARGATE,
    REMOVED,
    changed,
    load,
    problems_of,
    settings_of,
)


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"rules": {"cluster-verison": "off"}}),
            "rules.cluster-verison: unknown key; did you mean cluster-version?",
            id="a rule that is none",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors": [{"namespace": f"shop-{n}"} for n in range(6)]}),
            "profiles.apps.selectors: profile apps has 6 selectors; EKS takes 5 a profile. Join "
            "selectors by wildcards, or move some to a second profile. If AWS has raised the quota L-D78D8AF8 "
            "for the account, set overrides.quotas.selectorsPerFargateProfile.default. [profile-has-selectors]",
            id="six selectors",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors.0.labels": {f"label-{n}": "x" for n in range(6)}}),
            "profiles.apps.selectors[0].labels: the selector has 6 labels; EKS takes 5 a selector. Keep the 5 "
            "that tell these pods from others. If AWS has raised the quota L-23414FF3 for the account, set "
            "overrides.quotas.labelPairsPerSelector.default. [profile-label-count]",
            id="six labels",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors.0.namespace": "[a-z]*"}),
            "profiles.apps.selectors[0].namespace: '[a-z]*' matches no namespace that Kubernetes allows. Write "
            "a namespace. Only * (any characters, or none) and ? (one character) are wildcards; there are no "
            "regular expressions. [profile-has-selectors]",
            id="a regular expression for a namespace",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors": []}),
            "profiles.apps.selectors: profile apps has no selectors. Give it 1 to 5 selectors, each "
            "with a namespace. [profile-has-selectors]",
            id="no selector",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.selectors.0.namespace": ""}),
            "profiles.apps.selectors[0].namespace: the selector has no namespace. Name one; '*' stands for "
            "every namespace. [profile-has-selectors]",
            id="an empty namespace",
        ),
        pytest.param(
            changed(FARGATE, {f"profiles.p{n}": {"selectors": [{"namespace": f"n{n}"}]} for n in range(9)}),
            "profiles: the cluster has 11 profiles; EKS takes 10 a cluster. Join profiles (each takes several "
            "selectors), or ask AWS to raise the quota L-33415657, and once raised for the account set "
            "overrides.quotas.fargateProfilesPerCluster.default. [profile-quota]",
            id="eleven profiles",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.30"}),
            "cluster.version: support of Kubernetes 1.30 ended on 2026-07-23, and AWS creates no cluster of "
            "it. Set cluster.version to one of 1.34, 1.35, 1.36. [cluster-version]",
            id="a version whose support has ended",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.13"}),
            "cluster.version: Kubernetes 1.13 never had Fargate, which came with 1.14. Set cluster.version to "
            "one of 1.34, 1.35, 1.36. [cluster-version]",
            id="a version from before Fargate",
        ),
        pytest.param(
            changed(FARGATE, {"aws:region": "us-gov-west-1", "network.zones": ["usgw1-az1", "usgw1-az2"]}),
            "aws:region: EKS has no Fargate in us-gov-west-1 (partition aws-us-gov). Use dataPlane: nodes "
            "there, or another region. [region-has-fargate]",
            id="a region without Fargate",
        ),
        pytest.param(
            changed(FARGATE, {"network.zones": ["use1-az1", "euw1-az2"]}),
            "network.zones[1]: euw1-az2 is no Availability Zone id of us-east-1: those begin use1-az. Name "
            "zones by their ids; us-east-1 has use1-az1, use1-az2, use1-az4, use1-az5, use1-az6. "
            "[zone-is-supported]",
            id="a zone of another region",
        ),
        pytest.param(
            changed(FARGATE, {"network.zones": ["use1-az1", "use1-az3"]}),
            "network.zones[1]: EKS takes no cluster subnet in use1-az3. Name zones by their ids; us-east-1 has "
            "use1-az1, use1-az2, use1-az4, use1-az5, use1-az6. [zone-is-supported]",
            id="a zone that EKS does not take",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.system": REMOVED}),
            "profiles: no profile takes CoreDNS's pods, and there are no nodes: they stay Pending, and nothing "
            "in the cluster resolves a name. Add a selector with namespace kube-system, alone or with the "
            "label k8s-app: kube-dns. [coredns-has-a-profile]",
            id="no profile for CoreDNS",
        ),
    ],
)
def test_what_eks_or_fargate_refuses_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(EXISTING_VPC, {"aws:region": "us-esat-1"}),
            "aws:region: us-esat-1 is not among the known regions. Check the spelling; known regions with "
            "Fargate: af-south-1, ap-east-1, ap-east-2, ap-northeast-1, ap-northeast-2, ap-northeast-3, "
            "ap-south-1, ap-south-2, ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, "
            "ap-southeast-5, ap-southeast-6, ap-southeast-7, ca-central-1, ca-west-1, cn-north-1, "
            "cn-northwest-1, eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2, eu-west-1, "
            "eu-west-2, eu-west-3, il-central-1, me-central-1, me-south-1, mx-central-1, sa-east-1, us-east-1, "
            "us-east-2, us-west-1, us-west-2. [region-has-fargate]",
            id="a region that is not known",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.33"}),
            "cluster.version: Kubernetes 1.33 is in extended support until 2027-07-29, 250 days; there the "
            "control plane costs 0.60 USD an hour instead of 0.10. Set cluster.version to one of 1.34, 1.35, "
            "1.36. [cluster-version]",
            id="a version in extended support",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.34"}),
            "cluster.version: Kubernetes 1.34 goes into extended support after 2026-12-02, in 11 days; there "
            "the control plane costs 0.60 USD an hour instead of 0.10. Set cluster.version to one of 1.35, "
            "1.36. [cluster-version]",
            id="a version shortly before extended support",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.37", "coreDns.version": "v1.15.0-eksbuild.1"}),
            "cluster.version: Kubernetes 1.37 is not in the table of versions as of 2026-11-21. Set "
            "cluster.version to one of 1.34, 1.35, 1.36. If EKS has it by now, add it to "
            "overrides.versions.versions. [cluster-version]",
            id="a version that is newer than the table",
        ),
        pytest.param(
            changed(EXISTING_CLUSTER, {"cluster.version": "1.30"}),
            "cluster.version: support of Kubernetes 1.30 ended on 2026-07-23, and AWS upgrades the cluster by "
            "itself. Upgrade it, one minor version at a time. [cluster-version]",
            id="an existing cluster of an old version",
        ),
        pytest.param(
            changed(EXISTING_CLUSTER, {"profiles.system": REMOVED}),
            "profiles: no profile named here takes CoreDNS's pods; whether one does that the cluster already "
            "has is not known. Leave it where the cluster already runs CoreDNS on Fargate. Add a selector with "
            "namespace kube-system, alone or with the label k8s-app: kube-dns. [coredns-has-a-profile]",
            id="no profile for CoreDNS, which the existing cluster may have",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.all": {"selectors": [{"namespace": "shop"}]}}),
            "profiles.apps.selectors: every pod of selector shop goes to profile all--aa4cdb66, whose name "
            "sorts before apps--aa4cdb66 and whose selector shop takes it too. Remove the selector, narrow the "
            "other, or rename a profile so that the narrower sorts first. A pod can also pin its profile by "
            "the label eks.amazonaws.com/fargate-profile. [profile-selectors-distinct]",
            id="a selector that another profile takes before it",
        ),
        pytest.param(
            changed(
                FARGATE,
                {
                    "cluster.version": "1.30",
                    "coreDns.version": "v1.11.4-eksbuild.33",
                    "rules": {"cluster-version": "warning"},
                },
            ),
            "cluster.version: support of Kubernetes 1.30 ended on 2026-07-23, and AWS creates no cluster of "
            "it. Set cluster.version to one of 1.34, 1.35, 1.36. [cluster-version]",
            id="an error that settings make a warning",
        ),
    ],
)
def test_what_only_matters_is_warned_about(config: dict[str, Any], sentences: str) -> None:
    loaded = load(config)
    assert (loaded.problems, "\n".join(loaded.warnings)) == ((), sentences)


def test_a_rule_that_is_off_says_nothing() -> None:
    off = {"cluster-version": "off"}
    loaded = load(changed(FARGATE, {"cluster.version": "1.33", "rules": off}))
    assert (loaded.problems, loaded.warnings) == ((), ())


def test_a_version_that_is_let_through_still_needs_its_add_on() -> None:
    (problem,) = problems_of(changed(FARGATE, {"cluster.version": "1.30", "rules": {"cluster-version": "off"}}))
    assert problem == (
        "coreDns.version: the version of add-on coredns for Kubernetes 1.30 is not known: set coreDns.version to one "
        "that `aws eks describe-addon-versions --addon-name coredns --kubernetes-version 1.30` lists"
    )


def test_suppressions_stand_beside_a_level_or_alone() -> None:
    rules = {"vpc-dns-enabled": {"suppress": ["network-vpc"]}, "jobs-expire": {"level": "error", "suppress": []}}
    settings = settings_of(changed(FARGATE, {"rules": rules}))
    assert {key: (rule.level, rule.suppress) for key, rule in settings.rules.items()} == {
        "vpc-dns-enabled": (None, ("network-vpc",)),
        "jobs-expire": ("error", ()),
    }
