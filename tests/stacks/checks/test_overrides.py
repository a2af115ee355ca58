"""Overrides of facts have the form of the facts."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.facts import DEFAULT_FACTS, table_names
from stacks.checks.overrides import override_problems
from tests.stacks.configured import FARGATE, changed, load, problems_of, settings_of


@pytest.mark.parametrize(
    ("config", "sentences"),
    [
        pytest.param(
            changed(FARGATE, {"overrides": {"version": {}}}),
            "overrides.version: unknown key; did you mean versions? known here: addons, capabilities, "
            "daemonset_charts, kinds, lbc, logging, node_labels, pod_security, prices, quotas, sizes, "
            "versions, volumes, zones",
            id="a table that is none",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"versions": 5}}),
            "overrides.versions: got the number 5; a mapping is wanted",
            id="a table that is no mapping",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"versions": {"version": {}}}}),
            "overrides.versions.version: unknown key; did you mean versions? known here: date, floor, source, versions",
            id="a key that a table has not",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"quotas": {"selectorsPerFargateProfile": {"defualt": 6}}}}),
            "overrides.quotas.selectorsPerFargateProfile.defualt: unknown key; did you mean default? known "
            "here: adjustable, code, date, default, service, source, what",
            id="a key that a fact has not",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"quotas": {"selectorsPerFargateProfile": 6}}}),
            "overrides.quotas.selectorsPerFargateProfile: got the number 6; a mapping is wanted",
            id="a number for a fact of several parts",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"quotas": {"selectorsPerFargateProfile": {"default": "6"}}}}),
            'overrides.quotas.selectorsPerFargateProfile.default: got "6"; a number is wanted, as the number 5 is',
            id="text for a number",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"versions": {"versions": {"1.35": {"standardEnds": "soon"}}}}}),
            'overrides.versions.versions.1.35.standardEnds: got "soon"; a date is wanted, as "2027-03-27" is',
            id="a date that is none",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"versions": {"versions": {"1.35": {"standardEnds": None}}}}}),
            'overrides.versions.versions.1.35.standardEnds: got nothing; a date is wanted, as "2027-03-27" is',
            id="nothing for a date",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"versions": {"versions": {"1.37": {"released": "2026-11-01"}}}}}),
            "overrides.versions.versions.1.37.extendedEnds: it is missing; each entry here has one\n"
            "overrides.versions.versions.1.37.standardEnds: it is missing; each entry here has one",
            id="a new version without its dates",
        ),
        pytest.param(
            changed(
                FARGATE,
                {
                    "overrides": {
                        "versions": {
                            "versions": {
                                "next": {
                                    "released": "2026-11-01",
                                    "standardEnds": "2028-01-01",
                                    "extendedEnds": "2029-01-01",
                                }
                            }
                        }
                    }
                },
            ),
            "overrides.versions.versions.next: the keys here are Kubernetes versions, such as '1.35' in quotes",
            id="a new version that is none",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"prices": {"partitions": {"aws": {"clusterHour": {"usd": 0.1}}}}}}),
            "overrides.prices.partitions.aws.clusterHour.usd: got the number 0.1; a number in quotes is "
            'wanted, as "0.10" is',
            id="a price that is a bare number",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"sizes": {"sizes": []}}}),
            "overrides.sizes.sizes: got a list of 0; a list is wanted, with one entry at least",
            id="a list without entries",
        ),
        pytest.param(
            changed(FARGATE, {"overrides": {"sizes": {"sizes": [{"vcpuMilli": 250}]}}}),
            "overrides.sizes.sizes[0].memoryMib: it is missing; each entry here has one",
            id="an entry of a list without a part",
        ),
        pytest.param(
            changed(
                FARGATE,
                {
                    "overrides": {
                        "zones": {
                            "regions": {
                                "us-iso-east-1": {"partition": "aws-iso", "zonePrefix": "usi1", "zoneIds": ["usi1-az1"]}
                            }
                        }
                    }
                },
            ),
            'overrides.zones.regions.us-iso-east-1.partition: got "aws-iso"; allowed: aws, aws-cn, aws-us-gov',
            id="a region of a partition that is none",
        ),
    ],
)
def test_an_override_of_another_form_is_refused(config: dict[str, Any], sentences: str) -> None:
    assert "\n".join(problems_of(config)) == sentences


def test_a_new_version_with_its_dates_is_taken() -> None:
    dates = {"released": "2026-11-01", "standardEnds": "2028-01-01", "extendedEnds": "2029-01-01"}
    facts = {
        "versions": {"versions": {"1.37": dates}},
        "addons": {"versions": {"coredns": {"1.37": {"version": "v1.15.0-eksbuild.1"}}}},
    }
    loaded = load(changed(FARGATE, {"cluster.version": "1.37", "overrides": facts}))
    assert (loaded.problems, loaded.warnings) == ((), ())


def test_a_quota_that_aws_has_raised_is_taken() -> None:
    selectors = [{"namespace": f"shop-{n}"} for n in range(6)]
    raised = {"quotas": {"selectorsPerFargateProfile": {"default": 6}}}
    settings = settings_of(changed(FARGATE, {"profiles.apps.selectors": selectors, "overrides": raised}))
    assert len(settings.fargate_profiles[0].selectors) == 6


def test_every_shipped_table_is_an_override_that_is_taken() -> None:
    assert override_problems({table: DEFAULT_FACTS.table(table) for table in table_names()}) == []
