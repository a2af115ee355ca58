"""CoreDNS, the load balancer controller, logging: what each needs of the cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic.alias_generators import to_camel

from components.fargate_logging import config_map_data
from eks_fargate.fargate.cluster import core_dns_profile, covering_profile
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.logging_config import logging_config_problems
from eks_fargate.fargate.versions import Status, UnknownAddonVersionError, addon_version, support, version_key
from stacks.checks.facts import cluster_of, version_is_refused
from stacks.environment import Environment
from stacks.sections import Section

# The chart writes its value defaultTags unquoted into an argument of the controller.
# https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/templates/deployment.yaml
_SPLITS_THE_CHARTS_LIST = re.compile(r"[,=]|: | #")


def support_type(settings: Environment) -> Iterator[str]:
    """AWS gives standard support only to versions that are in it."""
    version = settings.cluster.version
    if settings.cluster.support_type == "standard" and settings.cluster.existing is None:
        found = support(version, settings.today, settings.facts)
        if found.status is Status.EXTENDED:
            yield (
                f"cluster.supportType: standard, while Kubernetes {version} has been in extended support since "
                f"{found.standard_ends}; set supportType: extended, or a newer cluster.version"
            )


def core_dns(settings: Environment) -> Iterator[str]:
    """CoreDNS runs where something takes its pods, at a version that is known."""
    manage, run_on = settings.core_dns
    said, existing = settings.core_dns_section, settings.cluster.existing
    if manage == "addon" and existing is not None:
        yield f"coreDns.manage: addon, but cluster {existing} exists and has its own; allowed: patch, none"
    if manage != "addon" and said.version is not None:
        yield f"coreDns.version: it is the add-on's, and coreDns.manage is {manage}; leave it out"
    if said.manage == "none" and said.run_on is not None:
        yield "coreDns.runOn: coreDns.manage is none, so nothing is moved; leave it out"
    if manage == "patch" and run_on == "nodes":
        yield "coreDns.manage: patch moves CoreDNS to Fargate, but it is to run on nodes; set manage: none"
    if manage != "none":
        yield from _core_dns_runs(settings, run_on)
    if manage == "addon" and said.version is None and not version_is_refused(settings):
        try:
            addon_version("coredns", settings.cluster.version, settings.facts)
        except UnknownAddonVersionError as error:
            yield f"coreDns.version: {error}"


def _core_dns_runs(settings: Environment, run_on: str | None) -> Iterator[str]:
    plane = settings.data_plane
    if run_on is None:
        yield "coreDns.runOn: it is missing; with dataPlane mixed say where CoreDNS runs: fargate or nodes"
    if (plane, run_on) in {(DataPlane.FARGATE, "nodes"), (DataPlane.NODES, "fargate")}:
        yield f"coreDns.runOn: {run_on}, but dataPlane is {plane}; leave it out"
    # With Fargate alone the rule itself says it.
    if plane is DataPlane.MIXED and run_on == "fargate" and core_dns_profile(cluster_of(settings)) is None:
        yield (
            "coreDns.runOn: fargate, but no profile takes CoreDNS's pods. Add a selector with namespace kube-system "
            "and the label k8s-app: kube-dns, or set runOn: nodes [coredns-has-a-profile]"
        )


def alb_ingress(settings: Environment) -> Iterator[str]:
    """The controller's pods land somewhere, its image is reached, and its load balancers have subnets."""
    ingress, existing = settings.alb_ingress, settings.network.existing
    if not ingress.enabled:
        yield from _set_though_off("albIngress", ingress)
        return
    chart = settings.facts.table("lbc")
    for key, value in sorted(settings.tags.items()):
        if _SPLITS_THE_CHARTS_LIST.search(f"{key}{value}"):
            yield (
                f"tags.{key}: the load balancer controller gets the tags as one text, KEY=VALUE with commas between; "
                "leave ',' and '=' out of keys and values, and ': ' and ' #'"
            )
    if ingress.image is None and not settings.internet_access:
        yield (
            f"albIngress.image: it is missing; without NAT the VPC does not reach {chart['image']}. Copy that image to "
            "a registry the VPC reaches and name it, such as "
            f"123456789012.dkr.ecr.{settings.region}.amazonaws.com/lbc:{chart['appVersion']}"
        )
    if ingress.internet_facing and existing is not None and len(existing.public_subnet_ids) < 2:
        yield (
            "network.existing.publicSubnetIds: an internet-facing load balancer takes public subnets of two zones; "
            "name them, or set albIngress.internetFacing: false"
        )
    least = chart["minimumKubernetes"]["version"]
    if version_key(settings.cluster.version) < version_key(least):
        yield f"albIngress.enabled: the controller {chart['appVersion']} takes Kubernetes {least} or later"
    taken = covering_profile(cluster_of(settings), chart["namespace"], chart["labels"])
    if settings.data_plane is DataPlane.FARGATE and settings.cluster.existing is None and taken is None:
        yield (
            "profiles: none takes the load balancer controller's pods, and there are no nodes. Add a selector with "
            f"namespace {chart['namespace']}, alone or with the label app.kubernetes.io/name: {chart['chart']} "
            "[matches-a-profile]"
        )


def logging(settings: Environment) -> Iterator[str]:
    """The log router is Fargate's, and so is what it accepts."""
    section = settings.logging
    if not section.enabled:
        yield from _set_though_off("logging", section)
    elif settings.data_plane is DataPlane.NODES:
        yield "logging.enabled: it is for pods on Fargate, and dataPlane is nodes; leave it out"
    else:
        # Fargate drops a configuration that it does not accept without a word.
        data = config_map_data(settings.log_group_name, settings.region, section.filters, section.parsers)
        for found in logging_config_problems(data, settings.facts):
            path = found.path.replace("data", "logging", 1).removesuffix(".conf")
            yield f"{path}: {found.message}. {found.fix} [logging-config]"


def _set_though_off(path: str, section: Section) -> Iterator[str]:
    """Whoever writes `enabled: false` may keep the rest for later; whoever writes no `enabled` forgot it."""
    if "enabled" not in section.model_fields_set:
        for key in sorted(section.model_fields_set):
            yield (
                f"{path}.{to_camel(key)}: {path}.enabled is not set, so it means nothing; "
                "set enabled: true, or leave it out"
            )
