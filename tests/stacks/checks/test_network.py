"""What the network, the cluster and its endpoints have to hold together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stacks.configured import EXISTING_CLUSTER, EXISTING_VPC, FARGATE, MIXED, NO_NAT, changed, problems_of


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"network.zones": ["us-east-1a", "us-east-1b"]}),
            "network.zones: got us-east-1a, us-east-1b; zones are told by id, such as use1-az1, since a zone's "
            "name stands for another zone in every account: see `aws ec2 describe-availability-zones --region "
            "us-east-1`",
            id="zone names",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.existing": "shop"}),
            "network: cluster shop exists, so its VPC does; name it with network.existing",
            id="an existing cluster in a VPC to make",
        ),
        pytest.param(
            changed(
                EXISTING_CLUSTER,
                {"cluster.logTypes": ["api"], "cluster.endpoint": {"public": True}, "cluster.admins": []},
            ),
            "cluster.endpoint: cluster shop exists and keeps its own; leave it out\n"
            "cluster.logTypes: cluster shop exists and keeps its own; leave it out\n"
            "cluster.admins: cluster shop exists and keeps its own; leave it out",
            id="settings of a new cluster on an existing one",
        ),
        pytest.param(
            changed(EXISTING_CLUSTER, {"dataPlane": "mixed", "nodeGroups": MIXED["nodeGroups"]}),
            "nodeGroups.general: cluster shop exists; manage its node groups where the cluster is managed",
            id="node groups of an existing cluster",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.oidcProvider": "create"}),
            "cluster.oidcProvider: it is for an existing cluster; a new one always gets one, so leave it out",
            id="the OIDC provider of a new cluster",
        ),
        pytest.param(
            changed(NO_NAT, {"network.endpoints": ["s3", "sts"]}),
            "network.endpoints: with nat none, pods reach ecr.api only by an endpoint; add it, or write "
            "endpoints: auto\n"
            "network.endpoints: with nat none, pods reach ecr.dkr only by an endpoint; add it, or write "
            "endpoints: auto",
            id="no NAT and a list of endpoints that lacks some",
        ),
        pytest.param(
            changed(NO_NAT, {"network.endpoints": ["s3", "sts", "ecr.api", "ecr.dkr"], "logging.enabled": True}),
            "network.endpoints: with nat none, pods reach logs only by an endpoint; add it, or write endpoints: auto",
            id="no NAT, a list of endpoints, and logging that needs one more",
        ),
        pytest.param(
            changed(
                FARGATE,
                {
                    "aws:region": "cn-north-1",
                    "network": {"cidr": "10.0.0.0/16", "zones": ["cnn1-az1", "cnn1-az2"], "nat": "none"},
                },
            ),
            "network.endpoints: in cn-north-1 the names of interface endpoint services (ecr.api, ecr.dkr, sts) "
            "follow no one form, so they are not made here; use NAT and endpoints: [s3], or a VPC that has "
            "them with network.existing",
            id="interface endpoints in China",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.endpoint": {"public": False, "private": False}}),
            "cluster.endpoint: public and private are both false, so nothing reaches the API server; set one to true",
            id="an API server that nothing reaches",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.endpoint.public": False}),
            "cluster.endpoint.public: false, in a VPC made here: whoever deploys must reach the API server "
            "from inside it to install what runs in the cluster, and nothing is inside yet. Set public: true "
            "limited by publicCidrs, with private: true; or deploy from within a VPC named by network.existing",
            id="a private API server in a VPC to make",
        ),
        pytest.param(
            changed(EXISTING_VPC, {"cluster.endpoint": {"public": False, "publicCidrs": ["198.51.100.0/24"]}}),
            "cluster.endpoint.publicCidrs: public is false, so they mean nothing; leave them out",
            id="a list of who may reach what is not public",
        ),
        pytest.param(
            changed(FARGATE, {"cluster.endpoint": {"private": False, "publicCidrs": ["198.51.100.0/24"]}}),
            "cluster.endpoint.private: false, while the public endpoint is limited to 198.51.100.0/24: pods "
            "leave by addresses that are not known before deployment, and could not register. Set private: "
            "true [cluster-private-access]",
            id="a limited public endpoint that pods cannot use",
        ),
    ],
)
def test_a_network_that_does_not_fit_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences
