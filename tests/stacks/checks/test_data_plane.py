"""What runs where: profiles, node groups, and what each needs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import EXISTING_VPC, FARGATE, MIXED, NODES, REMOVED, changed, problems_of


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(MIXED, {"nodeGroups": REMOVED}),
            "nodeGroups: none, while dataPlane is mixed; name at least one, or set dataPlane: fargate",
            id="mixed without node groups",
        ),
        pytest.param(
            changed(NODES, {"nodeGroups": REMOVED}),
            "nodeGroups: none, while dataPlane is nodes; name at least one, or set dataPlane: fargate",
            id="nodes without node groups",
        ),
        pytest.param(
            changed(FARGATE, {"nodeGroups": MIXED["nodeGroups"]}),
            "nodeGroups: general; with dataPlane fargate there are none. Set dataPlane: mixed, or leave them out",
            id="node groups with Fargate alone",
        ),
        pytest.param(
            changed(NODES, {"profiles": FARGATE["profiles"]}),
            "profiles: apps, system; with dataPlane nodes there are none. Set dataPlane: mixed, or leave them out",
            id="profiles with nodes alone",
        ),
        pytest.param(
            changed(MIXED, {"profiles": REMOVED, "coreDns.runOn": "nodes"}),
            "profiles: none, while dataPlane is mixed; name at least one, or set dataPlane: nodes",
            id="mixed without profiles",
        ),
        pytest.param(
            changed(FARGATE, {"profiles": REMOVED}),
            "profiles: none, while dataPlane is fargate; name at least one, or set dataPlane: nodes\n"
            "profiles: no profile takes CoreDNS's pods, and there are no nodes: they stay Pending, and nothing "
            "in the cluster resolves a name. Add a selector with namespace kube-system, alone or with the "
            "label k8s-app: kube-dns. [coredns-has-a-profile]",
            id="Fargate without profiles",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.eks-apps": {"selectors": [{"namespace": "x"}]}}),
            'profiles.eks-apps: "eks-apps" is reserved by AWS: choose a name that is not eks and does not '
            "begin with eks- [profile-name]",
            id="a name that AWS keeps for itself",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.a--b": {"selectors": [{"namespace": "x"}]}}),
            'profiles.a--b: "a--b" has -- in it, which parts the name from the hash that this project adds: '
            "write a single - [profile-name]",
            id="a name with two hyphens",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.a b": {"selectors": [{"namespace": "x"}]}}),
            'profiles.a b: "a b" is no profile name: write one or more letters, digits, - or _ [profile-name]',
            id="a name with a space",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.": {"selectors": [{"namespace": "x"}]}}),
            'profiles.: "" is no profile name: write one or more letters, digits, - or _ [profile-name]',
            id="an empty name",
        ),
        pytest.param(
            changed(FARGATE, {"profiles.apps.subnets": ["use1-az1", "use1-az4"]}),
            'profiles.apps.subnets[1]: got "use1-az4"; allowed, from network.zones: use1-az1, use1-az2',
            id="a profile in a zone that the VPC has not",
        ),
        pytest.param(
            changed(EXISTING_VPC, {"profiles.apps.subnets": ["use1-az1"]}),
            'profiles.apps.subnets[0]: got "use1-az1"; allowed, from network.existing.privateSubnetIds: '
            "subnet-0aaaaaaaaaaaaaaa1, subnet-0aaaaaaaaaaaaaaa2",
            id="a profile in a zone of an existing VPC",
        ),
        pytest.param(
            changed(NODES, {"cluster.version": "1.37", "coreDns.version": "v1.14.3-eksbuild.3"}),
            "cluster.version: the version of add-on kube-proxy for Kubernetes 1.37 is not known: set "
            'overrides.addons.versions.kube-proxy."1.37".version to one that `aws eks describe-addon-versions '
            "--addon-name kube-proxy --kubernetes-version 1.37` lists\n"
            "cluster.version: the version of add-on vpc-cni for Kubernetes 1.37 is not known: set "
            'overrides.addons.versions.vpc-cni."1.37".version to one that `aws eks describe-addon-versions '
            "--addon-name vpc-cni --kubernetes-version 1.37` lists",
            id="nodes of a version whose add-ons are not known",
        ),
    ],
)
def test_a_data_plane_that_does_not_fit_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences
