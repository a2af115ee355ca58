from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.fargate_logging import FargateLogging, FargateLoggingArgs
from eks_fargate.fargate.rules.base import Fail
from eks_fargate.fargate.rules.logging_config import logging_config_problems
from tests.components.mocks import Built, build, kubernetes_provider, stand_in

NAMESPACE = "kubernetes:core/v1:Namespace"
CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
OUTPUT = """\
[OUTPUT]
    Name cloudwatch_logs
    Match *
    region us-east-1
    log_group_name /aws/eks/shop/fargate
    log_stream_prefix fargate-
    auto_create_group false
"""
FILTERS = """\
[FILTER]
    Name grep
    Match *
    Exclude log healthz
"""
PARSERS = """\
[PARSER]
    Name json
    Format json
"""


def built(**changes: Any) -> Built:
    def program() -> dict[str, Any]:
        compliant = FargateLoggingArgs(
            log_group_name="/aws/eks/shop/fargate",
            region="us-east-1",
            retention_days=30,
            kubernetes_provider=kubernetes_provider(),
            after=[stand_in("access")],
            tags={"team": "shop"},
        )
        logging = FargateLogging("logging", replace(compliant, **changes))
        return {"ready": logging.ready.urn}

    return build(program)


def data(**changes: Any) -> dict[str, str]:
    found: dict[str, str] = built(**changes).one(CONFIG_MAP, "logging-config").inputs["data"]
    return found


def test_the_config_map_sends_every_pods_logs_to_the_group() -> None:
    assert data() == {"flb_log_cw": "false", "output.conf": OUTPUT}


def test_filters_and_parsers_stand_in_files_of_their_own() -> None:
    assert data(filters=FILTERS, parsers=PARSERS) == {
        "flb_log_cw": "false",
        "output.conf": OUTPUT,
        "filters.conf": FILTERS,
        "parsers.conf": PARSERS,
    }


@pytest.mark.parametrize("more", [{}, {"filters": FILTERS}, {"filters": FILTERS, "parsers": PARSERS}])
def test_fargate_accepts_the_configuration(more: dict[str, str]) -> None:
    assert logging_config_problems(data(**more)) == []


def test_a_configuration_longer_than_fargate_accepts_is_found_by_its_rule() -> None:
    problems = logging_config_problems(data(filters=FILTERS + "# \n" * 2000))
    assert [problem.path for problem in problems if isinstance(problem, Fail)] == ["data"]


def test_the_config_map_has_the_name_and_the_labelled_namespace_that_fargate_reads() -> None:
    logging = built()
    assert logging.one(NAMESPACE, "logging-namespace").inputs["metadata"] == {
        "name": "aws-observability",
        "labels": {"aws-observability": "enabled"},
    }
    assert logging.one(CONFIG_MAP, "logging-config").inputs["metadata"] == {
        "name": "aws-logging",
        "namespace": "aws-observability",
    }


def test_the_log_group_keeps_what_it_was_asked_to_keep() -> None:
    logging = built(retention_days=7)
    assert logging.one("aws:cloudwatch/logGroup:LogGroup", "logging-logs").inputs == {
        "name": "/aws/eks/shop/fargate",
        "retentionInDays": 7,
        "tags": {"team": "shop"},
    }


def test_what_is_in_the_cluster_is_removed_before_the_access_that_removes_it() -> None:
    logging = built()
    namespace = logging.one(NAMESPACE, "logging-namespace")
    config = logging.one(CONFIG_MAP, "logging-config")
    assert namespace.depends_on == ["StandIn access"]
    assert config.depends_on == ["LogGroup logging-logs", "Namespace logging-namespace", "StandIn access"]
    assert (namespace.provider, config.provider) == ("in-cluster", "in-cluster")


def test_what_is_ready_is_the_config_map() -> None:
    assert built().outputs["ready"].endswith("::logging-config")
