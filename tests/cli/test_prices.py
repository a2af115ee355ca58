"""`eks-fargate prices`: what is written where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eks_fargate.cli import prices
from eks_fargate.cli.arguments import Format
from eks_fargate.cli.main import run
from eks_fargate.cli.prices import formatted
from eks_fargate.live.account import Account
from eks_fargate.live.prices import Change
from tests.live.conftest import aws, server
from tests.live.documented import Documented

__all__ = ["aws", "server"]
CHANGES = [Change("eu-west-1", "albHour", "0.02", "0.03"), Change("aws", "clusterHour", "0.1", "0.1", "denied")]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of one row in the place of the shipped one."""
    path = tmp_path / "prices.json"
    row = {"usd": "0.1", "source": "https://example.com/", "date": "2026-01-01"}
    path.write_text(json.dumps({"date": "2026-01-01", "partitions": {}, "regions": {"eu-west-1": {"albHour": row}}}))
    monkeypatch.setattr(prices, "TABLE", path)
    return path


def test_a_refresh_writes_the_table_and_prints_what_changed(
    aws: str, table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def account(region: str, endpoint_url: str | None) -> Account:
        made = Account(region, endpoint_url)
        terms = {"OnDemand": {"t": {"priceDimensions": {"d": {"pricePerUnit": {"USD": "0.2"}}}}}}
        product = {"product": {"attributes": {"usagetype": "EU-LoadBalancerUsage"}}, "terms": terms}
        Documented(made).answers("pricing", "GetProducts", {"PriceList": [json.dumps(product)]})
        return made

    monkeypatch.setattr(prices, "Account", account)
    assert run(["prices", "--refresh", "--endpoint-url", aws, "--today", "2026-12-01"]) == 0
    assert capsys.readouterr().out == "eu-west-1 albHour: 0.1 -> 0.2\n1 changed, 0 not read\n"
    written = json.loads(table.read_text())
    assert (written["date"], written["regions"]["eu-west-1"]["albHour"]["usd"]) == ("2026-12-01", "0.2")


def test_a_price_list_that_cannot_be_asked_leaves_the_table_and_exits_1(
    aws: str, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = table.read_bytes()
    assert run(["prices", "--refresh", "--endpoint-url", aws]) == 1
    assert capsys.readouterr().out.endswith("0 changed, 1 not read\n")
    assert table.read_bytes() == before


def test_the_command_does_nothing_without_refresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prices"]) == 2
    assert "the following arguments are required: --refresh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        (
            Format.TEXT,
            "eu-west-1 albHour: 0.02 -> 0.03\naws clusterHour: kept at 0.1: denied\n{summary}",
        ),
        (
            Format.MARKDOWN,
            "## Prices\n\n- eu-west-1 albHour: 0.02 -> 0.03\n- aws clusterHour: kept at 0.1: denied\n\n{summary}",
        ),
    ],
)
def test_the_changes_in_every_format(format_: Format, expected: str) -> None:
    assert formatted(CHANGES, format_) == expected.format(summary="1 changed, 1 not read\n")


def test_json_has_every_change() -> None:
    assert json.loads(formatted(CHANGES, Format.JSON)) == {
        "changes": [
            {"where": "eu-west-1", "item": "albHour", "before": "0.02", "after": "0.03", "failure": ""},
            {"where": "aws", "item": "clusterHour", "before": "0.1", "after": "0.1", "failure": "denied"},
        ],
        "summary": "1 changed, 1 not read",
    }
