"""CoreDNS, the load balancer controller, logging: what each needs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import (
    EXISTING_CLUSTER,
    EXISTING_VPC,
    FARGATE,
    MIXED,
    NO_NAT,
    NODES,
    REMOVED,
    changed,
    problems_of,
)


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.33", "cluster.supportType": "standard"}),
            "cluster.supportType: standard, while Kubernetes 1.33 has been in extended support since "
            "2026-07-29; set supportType: extended, or a newer cluster.version",
            id="standard support that has ended",
        ),
        pytest.param(
            changed(MIXED, {"coreDns": REMOVED}),
            "coreDns.runOn: it is missing; with dataPlane mixed say where CoreDNS runs: fargate or nodes",
            id="CoreDNS nowhere",
        ),
        pytest.param(
            changed(FARGATE, {"coreDns.runOn": "nodes"}),
            "coreDns.runOn: nodes, but dataPlane is fargate; leave it out",
            id="CoreDNS on nodes where there are none",
        ),
        pytest.param(
            changed(NODES, {"coreDns.runOn": "fargate"}),
            "coreDns.runOn: fargate, but dataPlane is nodes; leave it out",
            id="CoreDNS on Fargate where there is none",
        ),
        pytest.param(
            changed(MIXED, {"profiles.system": REMOVED}),
            "coreDns.runOn: fargate, but no profile takes CoreDNS's pods. Add a selector with namespace "
            "kube-system and the label k8s-app: kube-dns, or set runOn: nodes [coredns-has-a-profile]",
            id="CoreDNS on Fargate without a profile",
        ),
        pytest.param(
            changed(EXISTING_CLUSTER, {"coreDns.manage": "addon"}),
            "coreDns.manage: addon, but cluster shop exists and has its own; allowed: patch, none",
            id="the add-on on an existing cluster",
        ),
        pytest.param(
            changed(MIXED, {"coreDns": {"manage": "patch", "runOn": "nodes"}}),
            "coreDns.manage: patch moves CoreDNS to Fargate, but it is to run on nodes; set manage: none",
            id="a patch for CoreDNS on nodes",
        ),
        pytest.param(
            changed(FARGATE, {"coreDns": {"manage": "patch", "version": "v1.14.2-eksbuild.4"}}),
            "coreDns.version: it is the add-on's, and coreDns.manage is patch; leave it out",
            id="a version for what is patched",
        ),
        pytest.param(
            changed(FARGATE, {"coreDns": {"manage": "none", "runOn": "fargate"}}),
            "coreDns.runOn: coreDns.manage is none, so nothing is moved; leave it out",
            id="a place for what is left alone",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.version": "1.37"}),
            "coreDns.version: the version of add-on coredns for Kubernetes 1.37 is not known: set "
            "coreDns.version to one that `aws eks describe-addon-versions --addon-name coredns "
            "--kubernetes-version 1.37` lists",
            id="a version whose CoreDNS is not known",
        ),
        pytest.param(
            changed(NO_NAT, {"albIngress.enabled": True}),
            "albIngress.image: it is missing; without NAT the VPC does not reach "
            "public.ecr.aws/eks/aws-load-balancer-controller:v3.5.0. Copy that image to a registry the VPC "
            "reaches and name it, such as 123456789012.dkr.ecr.us-east-1.amazonaws.com/lbc:v3.5.0",
            id="the controller's public image without NAT",
        ),
        pytest.param(
            changed(
                FARGATE, {"albIngress.enabled": True, "profiles.system.selectors.0.labels": {"k8s-app": "kube-dns"}}
            ),
            "profiles: none takes the load balancer controller's pods, and there are no nodes. Add a selector "
            "with namespace kube-system, alone or with the label app.kubernetes.io/name: "
            "aws-load-balancer-controller [matches-a-profile]",
            id="a controller that no profile takes",
        ),
        pytest.param(
            changed(EXISTING_VPC, {"albIngress.enabled": True, "network.existing.publicSubnetIds": []}),
            "network.existing.publicSubnetIds: an internet-facing load balancer takes public subnets of two "
            "zones; name them, or set albIngress.internetFacing: false",
            id="load balancers without public subnets",
        ),
        pytest.param(
            changed(EXISTING_CLUSTER, {"albIngress.enabled": True, "cluster.version": "1.21"}),
            "albIngress.enabled: the controller v3.5.0 takes Kubernetes 1.22 or later",
            id="a controller for an old cluster",
        ),
        pytest.param(
            changed(FARGATE, {"albIngress": {"internetFacing": False, "image": "registry.example/lbc:v3.5.0"}}),
            "albIngress.image: albIngress.enabled is not set, so it means nothing; set enabled: true, or leave "
            "it out\n"
            "albIngress.internetFacing: albIngress.enabled is not set, so it means nothing; set enabled: true, "
            "or leave it out",
            id="an image for a controller that is off",
        ),
        pytest.param(
            changed(FARGATE, {"logging.retentionDays": 7}),
            "logging.retentionDays: logging.enabled is not set, so it means nothing; "
            "set enabled: true, or leave it out",
            id="a retention for logging that is off",
        ),
        pytest.param(
            changed(NODES, {"logging.enabled": True}),
            "logging.enabled: it is for pods on Fargate, and dataPlane is nodes; leave it out",
            id="Fargate's logging where there is no Fargate",
        ),
        pytest.param(
            changed(FARGATE, {"logging": {"enabled": True, "filters": "[FILTER]\n    Name lua\n    Match *\n"}}),
            "logging.filters: section [FILTER] in line 1 uses plugin lua, which Fargate does not have. Use grep, "
            "kubernetes, modify, nest, parser, record_modifier, rewrite_tag, throttle. [logging-config]",
            id="a filter that Fargate's log router does not have",
        ),
        pytest.param(
            changed(FARGATE, {"albIngress.enabled": True, "tags": {"team": "shop,web"}}),
            "tags.team: the load balancer controller gets the tags as one text, KEY=VALUE with commas between; leave "
            "',' and '=' out of keys and values, and ': ' and ' #'",
            id="a tag that the controller would read as two",
        ),
    ],
)
def test_a_feature_that_lacks_something_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences
