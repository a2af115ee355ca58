"""daemonset-charts: Helm releases and EKS add-ons, whose objects no plan shows, that bring a DaemonSet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resource_types import ADDON, HELM_RELEASE
from eks_fargate.fargate.rules.base import CONFIGURE_PROFILES, Fail, Undetermined, Verdict, not_known, read
from eks_fargate.fargate.rules.load_balancer_controller import chart_name, values_of
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN, Unknown

_KNOWN = "whether it brings a DaemonSet, which Fargate does not run"


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    is_chart = subject.seen.kind == HELM_RELEASE
    path = "chart" if is_chart else "addonName"
    name = chart_name(subject.seen) if is_chart else read(subject.fields, "addonName")
    known: Mapping[str, Mapping[str, Any]] = subject.world.facts.table("daemonset_charts")[
        "charts" if is_chart else "addOns"
    ]
    if name is not UNKNOWN and name not in known:
        return
    entry = {} if name is UNKNOWN else known[str(name)]
    namespace = subject.seen.namespace if is_chart else entry.get("namespace", UNKNOWN)
    lands = subject.world.lands_on_fargate(namespace)
    names_known = UNKNOWN not in (namespace, name)
    # Where a profile takes pods by label, DaemonSets in its namespace are left to the nodes.
    if lands is False or (lands is UNKNOWN and names_known and subject.world.profiles is not None):
        return
    left_out = _left_out(subject, entry)
    if left_out is True:
        return
    if name is UNKNOWN or namespace is UNKNOWN or left_out is UNKNOWN:
        yield not_known("values" if left_out is UNKNOWN else "namespace" if name is not UNKNOWN else path, _KNOWN)
        return
    if lands is UNKNOWN:
        message = f"{name} brings a DaemonSet ({entry['brings']}), and whether it would be on Fargate is not known"
        yield Undetermined(path, message, CONFIGURE_PROFILES)
        return
    advice = "Run it on nodes, or use what works on Fargate: a sidecar, or Fargate's own logging."
    if "unless" in entry:
        advice = f"Set {entry['unless']} to {json.dumps(entry['is'])} in the release's values, or run it on nodes."
    yield Fail(path, f"{name} brings a DaemonSet ({entry['brings']}), of which no pod runs on Fargate", advice)


def _left_out(subject: ObjectSubject, entry: Mapping[str, Any]) -> bool | Unknown:
    switch = entry.get("unless")
    if switch is None:
        return False
    value = read(values_of(subject.seen), *switch.split("."))
    return UNKNOWN if value is UNKNOWN else bool(value == entry["is"])


rule = ObjectRule(
    id="daemonset-charts",
    group="D",
    level=Level.WARNING,
    statement="No Helm release or add-on known to bring a DaemonSet lands on Fargate.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_check,
    kinds=(HELM_RELEASE, ADDON),
    alone=True,
)
