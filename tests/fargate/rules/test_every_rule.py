"""What holds for every rule of groups A, C, D and E, from the cases that their own test modules give."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.rules import all_rules
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import Case, findings, planned

FIXED = {
    "A": [
        "allowed-capabilities",
        "daemonset-avoids-fargate-nodes",
        "efs-claims-only",
        "ephemeral-storage-fits",
        "fits-largest-size",
        "forced-profile-matches",
        "linux-amd64-only",
        "matches-a-profile",
        "no-accelerators",
        "no-daemonset",
        "no-host-namespaces",
        "no-host-ports",
        "no-privilege-escalation",
        "no-privileged",
        "no-volume-devices",
        "node-selector-is-met",
        "supported-volumes",
    ],
    "B": [
        "cluster-version",
        "coredns-has-a-profile",
        "execution-role-separate",
        "execution-role-trust",
        "profile-has-selectors",
        "profile-label-count",
        "profile-name",
        "profile-quota",
        "profile-selectors-distinct",
        "profile-subnets-private",
        "profiles-one-at-a-time",
        "region-has-fargate",
        "vpc-dns-enabled",
        "zone-is-supported",
    ],
    "C": ["alb-controller-knows-its-vpc", "ingress-targets-ip", "load-balancer-targets-ip", "no-node-port"],
    "D": [
        "daemonset-charts",
        "disruption-budget",
        "irsa-not-pod-identity",
        "jobs-expire",
        "kubelet-port-is-free",
        "limits-fit-the-size",
        "logging-config",
        "network-policy-is-ignored",
        "requests-are-set",
        "requests-equal-limits",
        "size-is-used",
        "spread-is-ignored",
    ],
    "E": [
        "default-namespace-unused",
        "images-are-pinned",
        "no-secrets-in-env",
        "pod-security",
        "probes-are-set",
        "service-account-token",
        "service-finds-pods",
    ],
    "F": [
        "aws-schema",
        "cluster-api-authentication",
        "cluster-endpoint-restricted",
        "cluster-logs-enabled",
        "cluster-private-access",
        "cluster-secrets-encrypted",
        "kubernetes-schema",
        "no-wildcard-permissions",
        "nodes-are-private",
        "nodes-use-imdsv2",
        "resources-are-tagged",
        "volumes-are-encrypted",
    ],
}
WARNINGS = {
    "cluster-api-authentication",
    "cluster-logs-enabled",
    "cluster-secrets-encrypted",
    "daemonset-avoids-fargate-nodes",
    "profile-selectors-distinct",
    "resources-are-tagged",
    "volumes-are-encrypted",
    "no-node-port",
    "daemonset-charts",
    "disruption-budget",
    "jobs-expire",
    "kubelet-port-is-free",
    "network-policy-is-ignored",
    "requests-are-set",
    "requests-equal-limits",
    "size-is-used",
    "spread-is-ignored",
    *FIXED["E"],
} - {"pod-security"}


def _cases() -> dict[str, Case]:
    found: dict[str, Case] = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if path != Path(__file__):
            found |= getattr(importlib.import_module(f"tests.fargate.rules.{path.stem}"), "CASES", {})
    return found


CASES = _cases()
UNKNOWNS = [(rule_id, path) for rule_id, one in CASES.items() for path in one.reads]


def test_the_folder_holds_the_rules_that_users_name_and_no_others() -> None:
    found: dict[str, list[str]] = {}
    for rule in all_rules():
        found.setdefault(rule.group, []).append(rule.id)
    assert found == FIXED


def test_ids_are_unique_and_words_joined_by_hyphens() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(set(ids)) == len(ids)
    assert [one for one in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", one)] == []


def test_statements_are_sentences_and_sources_are_addresses() -> None:
    for rule in all_rules():
        assert rule.statement.endswith("."), rule.id
        assert rule.source.startswith("https://"), rule.id


def test_levels_are_as_documented() -> None:
    fixed = {one for ids in FIXED.values() for one in ids}
    found = {rule.id for rule in all_rules() if rule.level is Level.WARNING and rule.id in fixed}
    assert found == WARNINGS


def test_every_rule_over_workloads_has_a_case() -> None:
    assert sorted(CASES) == sorted(one for group in "ACDE" for one in FIXED[group])


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_a_rule_is_content_with_what_is_compliant(rule_id: str) -> None:
    assert findings(rule_id, *CASES[rule_id].compliant, **CASES[rule_id].settings) == []


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_a_rule_fails_what_is_not_compliant(rule_id: str) -> None:
    found = findings(rule_id, *CASES[rule_id].failing, **CASES[rule_id].settings)
    level = Level.WARNING if rule_id in WARNINGS else Level.ERROR
    assert {one.level for one in found} == {level}
    assert all(one.rule == rule_id and one.message and one.fix for one in found)


@pytest.mark.parametrize(("rule_id", "path"), UNKNOWNS)
def test_a_rule_cannot_tell_where_what_it_reads_is_unknown(rule_id: str, path: str) -> None:
    found = findings(rule_id, *CASES[rule_id].with_unknown(path), **CASES[rule_id].settings)
    assert {one.level for one in found} == {Level.UNDETERMINED}
    assert {one.would_be for one in found} == {Level.WARNING if rule_id in WARNINGS else Level.ERROR}


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_no_rule_breaks_on_a_malformed_object(rule_id: str) -> None:
    for number, given in enumerate(CASES[rule_id].failing):
        fields = dict(given.inputs) if isinstance(given, Resource) else given
        for path in _places(fields):
            for value in (UNKNOWN, None, "x", 1.5, [], {}, [None], [[1]], {"a": UNKNOWN}):
                changed = _set(fields, path, value)
                objects = list(CASES[rule_id].failing)
                objects[number] = planned(given.type, **changed) if isinstance(given, Resource) else changed
                found = findings(rule_id, *objects, **CASES[rule_id].settings)
                assert [one for one in found if "internal error" in one.message] == [], (path, value)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in an object but its kind and API version, which whoever reads it makes sure of."""
    if path and path not in (("kind",), ("apiVersion",)):
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _places(part, (*path, key))


def _set(fields: Any, path: tuple[Any, ...], value: Any) -> Any:
    made = deepcopy(fields)
    at = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return made


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_every_case_says_what_the_rule_reads(rule_id: str) -> None:
    # A plan always knows the kind of an object, and no-daemonset reads nothing else where there are no nodes.
    assert CASES[rule_id].reads or rule_id == "no-daemonset"
