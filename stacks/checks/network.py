"""The network: what its parts need of each other, and of a cluster or VPC that exists."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic.alias_generators import to_camel

from eks_fargate.fargate.zones import is_zone_name
from stacks.environment import Environment

_EVERYWHERE = "0.0.0.0/0"
# What an existing cluster already has, and this project does not change.
_OF_A_NEW_CLUSTER = ("endpoint", "log_types", "log_retention_days", "encryption", "support_type", "admins")


def zones(settings: Environment) -> Iterator[str]:
    """Zones are told by id, since a name stands for another zone in every account."""
    names = [zone for zone in settings.network.zones or () if is_zone_name(zone)]
    if names:
        yield (
            f"network.zones: got {', '.join(names)}; zones are told by id, such as use1-az1, since a zone's name "
            "stands for another zone in every account: see "
            f"`aws ec2 describe-availability-zones --region {settings.region}`"
        )


def existing(settings: Environment) -> Iterator[str]:
    """A cluster that exists has a VPC, node groups and settings of its own."""
    name = settings.cluster.existing
    if name is None:
        if "oidc_provider" in settings.cluster.model_fields_set:
            yield "cluster.oidcProvider: it is for an existing cluster; a new one always gets one, so leave it out"
        return
    if settings.network.existing is None:
        yield f"network: cluster {name} exists, so its VPC does; name it with network.existing"
    for group in sorted(settings.node_groups):
        yield f"nodeGroups.{group}: cluster {name} exists; manage its node groups where the cluster is managed"
    for key in _OF_A_NEW_CLUSTER:
        if key in settings.cluster.model_fields_set:
            yield f"cluster.{to_camel(key)}: cluster {name} exists and keeps its own; leave it out"


def endpoints(settings: Environment) -> Iterator[str]:
    """Without NAT, what pods call has to be reached inside the VPC."""
    network = settings.network
    if network.existing is not None:
        return
    if network.nat == "none":
        for service in sorted(set(settings.needed_endpoints) - set(settings.endpoints)):
            yield (
                f"network.endpoints: with nat none, pods reach {service} only by an endpoint; add it, "
                "or write endpoints: auto"
            )
    interfaces = [service for service in settings.endpoints if service != "s3"]
    if settings.partition == "aws-cn" and interfaces:
        yield (
            f"network.endpoints: in {settings.region} the names of interface endpoint services "
            f"({', '.join(interfaces)}) follow no one form, so they are not made here; use NAT and endpoints: [s3], "
            "or a VPC that has them with network.existing"
        )


def api_server(settings: Environment) -> Iterator[str]:
    """The API server has to be reached by whoever deploys, and by the pods."""
    if settings.cluster.existing is not None:
        return
    endpoint = settings.cluster.endpoint
    if not endpoint.public and not endpoint.private:
        yield "cluster.endpoint: public and private are both false, so nothing reaches the API server; set one to true"
    elif not endpoint.public and settings.network.existing is None:
        yield (
            "cluster.endpoint.public: false, in a VPC made here: whoever deploys must reach the API server from inside "
            "it to install what runs in the cluster, and nothing is inside yet. Set public: true limited by "
            "publicCidrs, with private: true; or deploy from within a VPC named by network.existing"
        )
    if not endpoint.public and "public_cidrs" in endpoint.model_fields_set:
        yield "cluster.endpoint.publicCidrs: public is false, so they mean nothing; leave them out"
    if endpoint.public and not endpoint.private and _EVERYWHERE not in endpoint.public_cidrs:
        yield (
            f"cluster.endpoint.private: false, while the public endpoint is limited to "
            f"{', '.join(endpoint.public_cidrs)}: pods leave by addresses that are not known before deployment, and "
            "could not register. Set private: true [cluster-private-access]"
        )
