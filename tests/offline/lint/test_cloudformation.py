"""Whether the table knows every property of the pinned Pulumi provider, and names only what CloudFormation has."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pytest
from pulumi._types import input_type_py_to_pulumi_names, input_type_types, is_input_type

from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.lint.aws_schemas import resource_schema
from eks_fargate.offline.lint.cloudformation import convert, table, unchecked
from tests.offline.lint.compliant import INPUTS

MAPPED = {kind: row for kind, row in sorted(table().items()) if "type" in row}
ROWS = [(kind, row) for kind, whole in MAPPED.items() for row in (whole, *whole.get("also", ()))]


def inputs_of(kind: str) -> type:
    package, module, name = re.fullmatch(r"(\w+):(\w+)/\w+:(\w+)", kind).groups()  # type: ignore[union-attr]
    found: type = getattr(importlib.import_module(f"pulumi_{package}.{module}"), f"{name}Args")
    return found


def nested(annotation: Any) -> type | None:
    """The class of inputs within an annotation such as Optional[Input[Sequence[Input[XArgs]]]]."""
    if isinstance(annotation, type) and is_input_type(annotation):
        return annotation
    return next((found for part in get_args(annotation) if (found := nested(part))), None)


def differences(inputs: type, properties: Mapping[str, Any], at: str) -> Iterator[str]:
    names = input_type_py_to_pulumi_names(inputs)
    yield from (f"{at}.{name}" for name in set(names.values()) ^ set(properties))
    for python_name, name in names.items():
        spec = properties.get(name)
        if isinstance(spec, dict) and "properties" in spec:
            types = input_type_types(inputs)
            within = nested(types.get(name, types.get(python_name)))
            assert within is not None, f"{at}.{name} has no properties"
            yield from differences(within, spec["properties"], f"{at}.{name}")


@pytest.mark.parametrize("kind", MAPPED)
def test_the_row_has_every_property_of_the_providers_type_and_no_other(kind: str) -> None:
    assert sorted(differences(inputs_of(kind), table()[kind]["properties"], kind)) == []


def resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    here: Any = schema
    while "$ref" in here:
        target: Any = document
        for step in here["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        here = target
    return resolved(here["items"], document) if "items" in here else here


def not_in_schema(
    properties: Mapping[str, Any], schema: Mapping[str, Any], document: Mapping[str, Any], at: str
) -> Iterator[str]:
    for name, spec in properties.items():
        target = spec if isinstance(spec, str) else spec.get("to")
        here: Any = schema
        for step in target.split(".") if target else ():
            if not step.isdigit():
                here = resolved(here.get("properties", {}).get(step, {}), document)
        if target and not here:
            yield f"{at}.{name} -> {target}"
        if isinstance(spec, dict) and "properties" in spec:
            yield from not_in_schema(spec["properties"], here, document, f"{at}.{name}")


@pytest.mark.parametrize(("kind", "row"), ROWS)
def test_the_row_names_only_properties_of_the_cloudformation_type(kind: str, row: Mapping[str, Any]) -> None:
    schema = resource_schema("us-east-1", row["type"])
    assert schema is not None
    document = schema.documents[0]
    assert list(not_in_schema(row["properties"], document, document, kind)) == []


@pytest.mark.parametrize("kind", MAPPED)
def test_what_is_elsewhere_is_in_a_further_row(kind: str) -> None:
    row = table()[kind]
    elsewhere = {name for name, spec in row["properties"].items() if isinstance(spec, dict) and "elsewhere" in spec}
    assert elsewhere == {other["where"] for other in row.get("also", ())}


def test_a_type_without_a_counterpart_is_one_of_the_providers_and_says_why() -> None:
    for kind, row in table().items():
        if kind not in MAPPED:
            assert set(row) == {"unchecked"}
            assert inputs_of(kind)


def test_a_cluster_becomes_what_cloudformation_would_be_given() -> None:
    made = convert(table()["aws:eks/cluster:Cluster"], INPUTS["aws:eks/cluster:Cluster"])
    assert made.properties == {
        "AccessConfig": {"AuthenticationMode": "API", "BootstrapClusterCreatorAdminPermissions": True},
        "EncryptionConfig": [{"Provider": {"KeyArn": UNKNOWN}, "Resources": ["secrets"]}],
        "Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": "api"}, {"Type": "audit"}]}},
        "Name": "shop",
        "ResourcesVpcConfig": {
            "EndpointPrivateAccess": True,
            "EndpointPublicAccess": True,
            "PublicAccessCidrs": ["192.0.2.0/24"],
            "SubnetIds": [UNKNOWN, UNKNOWN],
        },
        "RoleArn": UNKNOWN,
        "UpgradePolicy": {"SupportType": "STANDARD"},
        "Version": "1.34",
    }
    assert made.origin(("EncryptionConfig", 0, "Provider", "KeyArn")) == "encryptionConfig.provider.keyArn"
    assert made.origin(("Logging", "ClusterLogging", "EnabledTypes", 1, "Type")) == "enabledClusterLogTypes[1]"
    assert made.name(("ResourcesVpcConfig",), "SubnetIds") == "subnetIds"


def test_inputs_that_are_none_count_as_not_given() -> None:
    assert convert(table()["aws:ec2/vpc:Vpc"], {"cidrBlock": None, "tags": None}).properties == {}


def test_a_property_without_a_counterpart_is_named_at_any_depth() -> None:
    template = table()["aws:ec2/launchTemplate:LaunchTemplate"]["properties"]
    given = {"networkInterfaces": [{"subnetId": "x"}, {"ipv4Addresses": ["10.0.0.1"]}]}
    assert list(unchecked(template, given)) == [
        (
            "networkInterfaces[1].ipv4Addresses",
            "AWS::EC2::LaunchTemplate holds each address as an object of its own",
        )
    ]
