"""A workload with which every rule of groups A, C, D and E is content; each test changes one thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.placement import DataPlane, place
from eks_fargate.fargate.profiles import Profile, Selector
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.rules.base import Levels
from eks_fargate.fargate.rules.run import judge_all
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.workloads import pods_of
from eks_fargate.fargate.world import PlacedPod, World

TODAY = date(2026, 11, 21)
SHOP = Profile("shop--1a2b3c4d", (Selector("shop"),), key="shop")
WEB_ONLY = Profile("web--1a2b3c4d", (Selector("shop", {"app": "web"}),), key="web")
POD_SPEC = "spec.template.spec"
CONTAINER = f"{POD_SPEC}.containers[0]"

Manifest = dict[str, Any]


def web(**changes: Any) -> Manifest:
    """A Deployment of one container, 0.25 vCPU and 256 MiB. changes: fields of the pod spec to set."""
    container = {
        "name": "web",
        "image": "registry.example/web:1.4.2",
        "ports": [{"name": "http", "containerPort": 8080}],
        "readinessProbe": {"httpGet": {"path": "/", "port": "http"}},
        "resources": {
            "requests": {"cpu": "250m", "memory": "256Mi"},
            "limits": {"cpu": "250m", "memory": "256Mi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            "runAsNonRoot": True,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
    }
    spec = {"automountServiceAccountToken": False, "containers": [container], **changes}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {"metadata": {"labels": {"app": "web"}}, "spec": spec},
        },
    }


def service(**spec: Any) -> Manifest:
    """The Service of `web`. spec: fields to set."""
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": "http"}], **spec},
    }


def ingress(annotations: Mapping[str, Any] | None = None, **spec: Any) -> Manifest:
    """An ALB Ingress with `web` as its one backend. spec: fields to set."""
    backend = {"service": {"name": "web", "port": {"number": 80}}}
    paths = [{"path": "/", "pathType": "Prefix", "backend": backend}]
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "web", "namespace": "shop", "annotations": dict(annotations or {})},
        "spec": {"ingressClassName": "alb", "rules": [{"http": {"paths": paths}}], **spec},
    }


def planned(type_: str, **inputs: Any) -> Resource:
    """A planned resource `one` of a type."""
    return Resource(f"urn:pulumi:dev::shop::{type_}::one", type_, "one", "", inputs)


def put(manifest: Manifest, path: str, value: Any) -> Manifest:
    """A copy of a manifest with the value at `path`, `spec.containers[0].image`; mappings on the way are made."""
    made = deepcopy(manifest)
    steps = _steps(path)
    at: Any = made
    for step, following in pairwise(steps):
        if isinstance(step, str) and step not in at:
            at[step] = [] if isinstance(following, int) else {}
        at = at[step]
    at[steps[-1]] = value
    return made


def _steps(path: str) -> list[str | int]:
    """The steps of a path; a key that has dots of its own stands in double quotes."""
    found = re.findall(r'"([^"]+)"|\[(\d+)\]|([^.\["]+)', path)
    return [quoted or (int(index) if index else key) for quoted, index, key in found]


def world(*objects: Manifest | Resource, **settings: Any) -> World:
    """A Fargate-only cluster of the newest Kubernetes, whose one profile takes namespace shop, with these objects."""
    manifests = [one for one in objects if not isinstance(one, Resource)]
    given: dict[str, Any] = {
        "data_plane": DataPlane.FARGATE,
        "kubernetes_version": (1, 36),
        "today": TODAY,
        "profiles": (SHOP,),
        "region": "eu-west-1",
        **settings,
    }
    pods = [pod for manifest in manifests for pod in pods_of(manifest).pods]
    placed = [PlacedPod.of(pod, place(pod, given["profiles"], given["data_plane"])) for pod in pods]
    resources = [one for one in objects if isinstance(one, Resource)]
    return World(pods=placed, objects=manifests, resources=resources, **given)


def findings(rule_id: str, *objects: Manifest | Resource, **settings: Any) -> list[Finding]:
    """What one rule finds in a cluster with these objects."""
    return findings_in(rule_id, world(*objects, **settings))


def findings_in(rule_id: str, of: World, levels: Mapping[str, Level | None] | None = None) -> list[Finding]:
    """What one rule finds in a world."""
    rules = [rule for rule in all_rules() if rule.id == rule_id]
    assert rules, f"{rule_id} is no rule"
    return judge_all(of, Levels(levels or {}), rules)


def said(found: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """The level, path and message of findings."""
    return [(finding.level.value, finding.path, finding.message) for finding in found]


@dataclass(frozen=True)
class Case:
    """What a rule is content with and what it is not, differing in one thing; the first object is the one judged.

    reads: the paths in the judged object that the rule reads: with any of them unknown, it cannot tell.
    settings: of the cluster.
    """

    compliant: Sequence[Manifest | Resource]
    failing: Sequence[Manifest | Resource]
    reads: Sequence[str]
    settings: Mapping[str, Any]

    def with_unknown(self, path: str) -> list[Manifest | Resource]:
        """The failing objects, the value at `path` of the first unknown."""
        first, *others = self.failing
        if isinstance(first, Resource):
            changed: Manifest | Resource = planned(first.type, **put(dict(first.inputs), path, UNKNOWN))
        else:
            changed = put(first, path, UNKNOWN)
        return [changed, *others]


def case(
    compliant: Sequence[Manifest | Resource], failing: Sequence[Manifest | Resource], *reads: str, **settings: Any
) -> Case:
    """A case; settings: of the cluster."""
    return Case(compliant, failing, reads, settings)
