from __future__ import annotations

from typing import Any

import pytest

from tests.fargate.rules.scenes import CONTAINER, case, findings, put, said, web

_ENV = f"{CONTAINER}.env"


def _env(name: str, **fields: Any) -> dict[str, Any]:
    return put(web(), _ENV, [{"name": name, **fields}])


CASES = {
    "no-secrets-in-env": case(
        [_env("DB_PASSWORD", valueFrom={"secretKeyRef": {"name": "db", "key": "password"}})],
        [_env("DB_PASSWORD", value="hunter2")],
        f"{_ENV}[0].value",
        f"{_ENV}[0].name",
        f"{_ENV}[0]",
        _ENV,
    ),
}


@pytest.mark.parametrize(
    "name",
    [
        "DB_PASSWORD",
        "DBPASSWORD",
        "apiKey",
        "API_KEY",
        "APIKEY",
        "AWS_SECRET_ACCESS_KEY",
        "github.token",
        "client-secret",
    ],
)
def test_a_literal_secret_is_a_warning_that_does_not_quote_it(name: str) -> None:
    assert said(findings("no-secrets-in-env", _env(name, value="hunter2"))) == [
        (
            "warning",
            f"{_ENV}[0].value",
            f"container web has a literal value for {name}, which anyone who may read the pod sees",
        )
    ]


@pytest.mark.parametrize(
    "name",
    [
        "KEYCLOAK_URL",
        "TOKENIZER",
        "MONKEY",
        "PASSWORD_FILE",
        "SECRET_NAME",
        "LOG_LEVEL",
        "TOKEN_TTL",
        "PASSWORD_RESET_ENABLED",
        "MAX_TOKENS",
    ],
)
def test_a_name_that_is_no_secrets_passes(name: str) -> None:
    assert findings("no-secrets-in-env", _env(name, value="x")) == []


@pytest.mark.parametrize("value", ["", "$(FROM_A_SECRET)", None])
def test_a_value_that_says_nothing_passes(value: str | None) -> None:
    assert findings("no-secrets-in-env", _env("API_KEY", value=value)) == []
