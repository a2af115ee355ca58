"""AWS API calls over boto3, told by `data/moto.json`.

For each type: `create` [operation, parameters, where the answer has the id], `set` (after a creation, and where a
change touches them), `change` (for changes alone), `tags`, `read` [operation, parameters, outputs], `delete`, `list`.
Parameters and outputs are JMESPath expressions: parameters over the inputs, the computed outputs and `id`, `tagList`
(tags as Key and Value) and `goneTags`; outputs over the answer, with `$NAME` standing for an input.
"""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import boto3
import jmespath
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.engine.cloud import CloudError, Properties

GONE = re.compile("NotFound|NoSuchEntity")
# EC2 tags everything the same way.
EC2_TAGS = (
    ("create_tags", "{Resources: [id], Tags: tagList}"),
    ("delete_tags", "{Resources: [id], Tags: goneTags[].{Key: @}}"),
)


@cache
def table() -> Mapping[str, Any]:
    """The types that this cloud keeps in the AWS API."""
    types: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "moto.json").read_text("utf-8"))["types"]
    return types


class Calls:
    """The AWS API at `endpoint`. Every method raises CloudError where it refuses."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    def reset(self) -> None:
        """Forget everything that was made."""
        request = urllib.request.Request(f"{self.endpoint}/moto-api/reset", method="POST")
        with urllib.request.urlopen(request):
            pass

    def create(self, type_: str, known: Properties, region: str) -> str | None:
        """Make what the inputs in `known` say; the id that the service gave, or None where it gives none."""
        operation, parameters, *id_at = table()[type_]["create"]
        answer = self.call(table()[type_]["service"], region, operation, _evaluated(parameters, known))
        return str(jmespath.search(id_at[0], answer)) if id_at else None

    def settle(self, type_: str, old: Properties, new: Properties, region: str, *steps: str) -> None:
        """Run each of the `steps` (set, change, tags) whose parameters differ between `old` and `new`."""
        before, after = _document(old, old), _document(new, old)
        for operation, parameters in self._steps(type_, steps):
            wanted = _evaluated(parameters, after)
            if wanted and wanted != _evaluated(parameters, before):
                self.call(table()[type_]["service"], region, operation, wanted)

    def read(self, type_: str, known: Properties, region: str) -> Properties | None:
        """What the service tells about the object, None for what it does not have; None where the object is gone."""
        found: Properties = {}
        for operation, parameters, outputs in table()[type_]["read"]:
            try:
                answer = self.call(table()[type_]["service"], region, operation, _evaluated(parameters, known | found))
            except CloudError as error:
                if GONE.search(str(error)):
                    return None
                raise
            told = jmespath.search(Template(outputs).safe_substitute(known), answer)
            if told is None:
                return None
            found |= {key: _tags(value or {}) if key == "tags" else value for key, value in told.items()}
        return found

    def delete(self, type_: str, known: Properties, region: str) -> None:
        """Take the object away."""
        for operation, parameters in table()[type_]["delete"]:
            self.call(table()[type_]["service"], region, operation, _evaluated(parameters, known))

    def all(self, region: str) -> dict[str, list[str]]:
        """The ids of what there is, by type, without what every account has; a type without any is left out."""
        found = {}
        for type_, row in table().items():
            if "list" in row:
                operation, ids = row["list"]
                found[type_] = sorted(jmespath.search(ids, self.call(row["service"], region, operation, {})) or [])
        return {type_: ids for type_, ids in found.items() if ids}

    def call(self, service: str, region: str, operation: str, parameters: Mapping[str, Any]) -> Any:
        """One call of the API."""
        try:
            return getattr(self._client(service, region), operation)(**parameters)
        except ClientError as error:
            raise CloudError(error.response["Error"]["Message"], error.response["Error"]["Code"]) from error

    def _client(self, service: str, region: str) -> Any:
        # Making a client is not safe with threads; using one is.
        with self._lock:
            if (service, region) not in self._clients:
                self._clients[service, region] = boto3.client(
                    service,
                    region_name=region,
                    endpoint_url=self.endpoint,
                    aws_access_key_id="test",
                    aws_secret_access_key="test",
                    config=Config(max_pool_connections=32, retries={"total_max_attempts": 1}),
                )
            return self._clients[service, region]

    @staticmethod
    def _steps(type_: str, steps: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        row = table()[type_]
        tags = EC2_TAGS if row["service"] == "ec2" else ()
        for step in steps:
            yield from row.get(step, tags if step == "tags" else ())


def _document(known: Properties, old: Properties) -> Properties:
    """What expressions read: `known`, with its tags as a list, and the keys of those that `old` alone has."""
    tags = known.get("tags") or {}
    gone = sorted(set(old.get("tags") or {}) - set(tags))
    return {**known, "tagList": [{"Key": key, "Value": value} for key, value in sorted(tags.items())], "goneTags": gone}


def _evaluated(expression: str, known: Properties) -> dict[str, Any]:
    """The parameters, without those that are not given."""
    return _given(jmespath.search(expression, known)) or {}


def _given(value: Any) -> Any:
    if isinstance(value, Mapping):
        given = {key: _given(item) for key, item in value.items()}
        return {key: item for key, item in given.items() if item is not None} or None
    if isinstance(value, list):
        return [_given(item) for item in value] or None
    return value


def _tags(told: Any) -> dict[str, str]:
    """Tags as a map, however the service tells them; AWS's own are left out."""
    if isinstance(told, list):
        told = {item.get("Key", item.get("TagKey")): item.get("Value", item.get("TagValue")) for item in told}
    return {key: value for key, value in told.items() if not key.startswith("aws:")}
