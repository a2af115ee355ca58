from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.base import Fail, Undetermined
from eks_fargate.fargate.rules.logging_config import logging_config_problems
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import case, findings, put, said

OUTPUT = "[OUTPUT]\n    Name cloudwatch_logs\n    Match *\n    region eu-west-1\n"
FILTER = "[FILTER]\n    Name parser\n    Match *\n    Key_Name log\n    Parser plain\n"
PARSER = "[PARSER]\n    Name plain\n    Format regex\n"
DATA = {"output.conf": OUTPUT, "filters.conf": FILTER, "parsers.conf": PARSER, "flb_log_cw": "false"}


def _config_map(**data: Any) -> dict[str, Any]:
    metadata = {"name": "aws-logging", "namespace": "aws-observability"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}


CASES = {
    "logging-config": case(
        [_config_map(**DATA)],
        [_config_map(**{**DATA, "output.conf": FILTER})],
        'data."output.conf"',
        "data",
    ),
}


def _problem(key: str, text: str) -> Fail:
    (found,) = logging_config_problems({**DATA, key: text})
    assert isinstance(found, Fail)
    assert found.path == f"data.{key}"
    return found


def test_a_whole_configuration_is_accepted() -> None:
    assert logging_config_problems(DATA) == []


def test_keys_are_read_without_regard_to_case_and_comments_are_passed_over() -> None:
    text = "# to CloudWatch\n[output]\n    name cloudwatch\n    MATCH *\n"
    assert logging_config_problems({"output.conf": text}) == []


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        (
            "filters.conf",
            FILTER.replace("parser", "lua"),
            "section [FILTER] in line 1 uses plugin lua, which Fargate does not have",
        ),
        (
            "output.conf",
            OUTPUT.replace("cloudwatch_logs", "s3"),
            "section [OUTPUT] in line 1 uses plugin s3, which Fargate does not have",
        ),
        ("output.conf", OUTPUT.replace("    Match *\n", ""), "section [OUTPUT] in line 1 has no Match"),
        ("parsers.conf", "[PARSER]\n    Name plain\n", "section [PARSER] in line 1 has no Format"),
        (
            "output.conf",
            OUTPUT.replace("eu-west-1", "${AWS_REGION}"),
            "output.conf uses ${...}, and Fargate fills in no variables",
        ),
        ("output.conf", OUTPUT.replace("    Match", "  Match"), "section [OUTPUT] in line 1 is not indented evenly"),
        ("output.conf", OUTPUT.replace("    ", ""), "section [OUTPUT] in line 1 is not indented evenly"),
        (
            "filters.conf",
            FILTER + "    Kube_URL https://elsewhere\n",
            "section [FILTER] in line 1 sets Kube_URL, which Fargate sets itself",
        ),
        (
            "output.conf",
            OUTPUT + "[INPUT]\n    Name tail\n",
            "line 5 of output.conf opens section [INPUT]; Fargate reads [OUTPUT] there",
        ),
        (
            "output.conf",
            "[SERVICE]\n    Flush 1\n" + OUTPUT,
            "line 1 of output.conf opens section [SERVICE]; Fargate reads [OUTPUT] there",
        ),
    ],
)
def test_what_fargate_would_not_accept_is_said(key: str, text: str, message: str) -> None:
    assert _problem(key, text).message == message


def test_a_section_in_the_wrong_file_is_moved() -> None:
    assert _problem("output.conf", OUTPUT + FILTER).fix == "Move it to filters.conf."


def test_at_least_one_output_is_needed() -> None:
    without = {key: text for key, text in DATA.items() if key != "output.conf"}
    messages = [found.message for found in logging_config_problems(without)]
    assert messages == ["there is no output.conf, and Fargate asks for at least one [OUTPUT] section"]
    assert _problem("output.conf", "# none\n").message == "output.conf has no [OUTPUT] section"


def test_any_other_file_is_refused() -> None:
    found = _problem("fluent-bit.conf", "")
    assert found.message == "fluent-bit.conf is no file of Fargate's logging configuration"
    assert found.fix == "Use filters.conf, output.conf, parsers.conf and flb_log_cw."


def test_the_switch_for_fluent_bits_own_logs_is_text() -> None:
    assert _problem("flb_log_cw", "yes").message == "flb_log_cw is neither the text true nor the text false"


def test_the_configuration_has_a_longest_length() -> None:
    longest = {"output.conf": OUTPUT + "#" * (5300 - len(OUTPUT))}
    assert logging_config_problems(longest) == []
    (found,) = logging_config_problems({"output.conf": longest["output.conf"] + "#"})
    assert found.message == "the configuration has 5301 characters; Fargate accepts 5300"


def test_an_unknown_file_does_not_hide_what_is_wrong_with_another() -> None:
    found = logging_config_problems({"output.conf": UNKNOWN, "parsers.conf": "[PARSER]\n    Name plain\n"})
    assert [type(one) for one in found] == [Undetermined, Fail]


def test_no_value_of_the_configuration_is_quoted() -> None:
    text = OUTPUT + "    HTTP_Passwd hunter2 ${X}\n  Bad hunter2\n"
    assert "hunter2" not in str(logging_config_problems({"output.conf": text}))


def test_only_the_config_map_that_fargate_reads_is_judged() -> None:
    bad = _config_map()
    assert len(findings("logging-config", bad)) == 1
    assert findings("logging-config", put(bad, "metadata.name", "other")) == []
    assert findings("logging-config", put(bad, "metadata.namespace", "shop")) == []
    assert findings("logging-config", bad, data_plane=DataPlane.NODES) == []


def test_the_namespace_carries_its_label() -> None:
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "aws-observability"}}
    assert said(findings("logging-config", _config_map(**DATA), namespace)) == [
        (
            "error",
            "metadata.namespace",
            (
                "namespace aws-observability has no label aws-observability: enabled, so Fargate does not read the "
                "ConfigMap"
            ),
        )
    ]
    labelled = put(namespace, "metadata.labels", {"aws-observability": "enabled"})
    assert findings("logging-config", _config_map(**DATA), labelled) == []
