"""no-secrets-in-env: an environment variable that holds a secret takes it from a Secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.subjects import PodRule, over_containers
from eks_fargate.fargate.unknown import UNKNOWN

_QUESTION = "whether an environment variable holds a secret"
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Words run together, DBPASSWORD or APIKEY, count too; KEYCLOAK and TOKENIZER do not.
_SECRET = re.compile(r"(.*password|.*secret|.*token|key|apikey|accesskey|privatekey|secretkey)s?")
# A name that ends so says where a secret is, or something about it; one that begins so counts them.
_ABOUT = frozenset(
    {
        "arn",
        "enabled",
        "endpoint",
        "expiration",
        "file",
        "header",
        "length",
        "limit",
        "name",
        "path",
        "ttl",
        "uri",
        "url",
    }
)
_COUNTS = frozenset({"max", "min", "num"})
_REFERENCE = re.compile(r"\$\([^)]*\)")


def _names_a_secret(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[-1] in _ABOUT or words[0] in _COUNTS:
        return False
    return any(_SECRET.fullmatch(word) for word in words)


def _check(container: Container) -> Iterator[Verdict]:
    for path, entry in each(container.fields.get("env"), f"{container.path}.env"):
        name, value = read(entry, "name"), read(entry, "value")
        if value is None or value == "":
            continue
        if name is UNKNOWN:
            yield not_known(path if entry is UNKNOWN else f"{path}.name", _QUESTION)
        elif not _names_a_secret(str(name)):
            continue
        elif value is UNKNOWN:
            yield not_known(f"{path}.value", _QUESTION)
        elif not _REFERENCE.fullmatch(str(value)):
            yield Fail(
                f"{path}.value",
                f"container {container.name} has a literal value for {name}, which anyone who may read the pod sees",
                "Take it from a Secret: valueFrom.secretKeyRef.",
            )


rule = PodRule(
    id="no-secrets-in-env",
    group="E",
    level=Level.WARNING,
    statement="No environment variable whose name says password, secret, token or key has a literal value.",
    source="https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    check=over_containers(_check, _QUESTION),
)
