"""Whether the schemas are the installed cfn-lint's own, and judge as cfn-lint judges."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eks_fargate.offline.lint.aws_schemas import policy_schema, regions, resource_schema
from eks_fargate.offline.lint.cloudformation import convert, table
from eks_fargate.offline.lint.formats import CHECKS
from tests.offline.lint.compliant import INPUTS, PERMISSIONS

# cfn-lint is the judge of these tests only; it carries no types.
StandardValidator: Any = importlib.import_module("cfnlint.jsonschema").StandardValidator
RefResolver: Any = importlib.import_module("cfnlint.schema.resolver").RefResolver
FORMAT_RULES = (
    "IamRoleArn",
    "ImageId",
    "KmsAliasName",
    "KmsKeyArn",
    "KmsKeyId",
    "LogGroupName",
    "SecurityGroupId",
    "SecurityGroupName",
    "SubnetId",
    "VpcId",
)

IN_ANOTHER_PROCESS = """
import sys
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.lint import aws
vpc = Resource("urn:vpc", "aws:ec2/vpc:Vpc", "vpc", "", {"cidrBlock": "10.0.0.0/16"})
print(aws.check([vpc], "eu-west-1"), "cfnlint" in sys.modules)
"""
CFN_LINT_IN_ANOTHER_PROCESS = """
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
print(sorted(PROVIDER_SCHEMA_MANAGER.get_resource_schema("eu-west-1", "AWS::EC2::VPC").schema["properties"]))
"""


def printed(program: str, cache: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"XDG_CACHE_HOME": str(cache), "HOME": str(cache), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_users_cache_of_newer_schemas_changes_nothing_though_cfn_lint_itself_prefers_it(tmp_path: Path) -> None:
    cached = tmp_path / "aws" / "cfn-lint" / "schemas"
    (cached / "providers").mkdir(parents=True)
    (cached / "resources").mkdir()
    poison = {
        "typeName": "AWS::EC2::VPC",
        "type": "object",
        "properties": {"Poison": {}},
        "additionalProperties": False,
    }
    (cached / "version.json").write_text(json.dumps({"schema_date": "2999-01-01T00:00:00Z"}))
    for region in ("eu-west-1", "us-east-1"):
        (cached / "providers" / f"{region}.json").write_text(json.dumps({"AWS::EC2::VPC": "poison"}))
    (cached / "resources" / "poison.json").write_text(json.dumps(poison))

    assert printed(CFN_LINT_IN_ANOTHER_PROCESS, tmp_path) == "['Poison']"
    assert printed(IN_ANOTHER_PROCESS, tmp_path) == "[] False"


def test_every_type_of_the_table_compiles_in_every_region() -> None:
    assert {"eu-west-1", "us-gov-west-1", "cn-north-1"} < set(regions())
    types = {row["type"] for row in table().values() if "type" in row}
    offered = {region: {each for each in types if resource_schema(region, each) is not None} for region in regions()}
    assert offered["eu-west-1"] == types
    assert types - offered["us-gov-west-1"] == {"AWS::EKS::FargateProfile"}


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items() if plain(part) is not None}
    if isinstance(value, list):
        return [plain(part) for part in value if plain(part) is not None]
    return value if isinstance(value, (str, int, float)) else None


def broken(properties: dict[str, Any]) -> list[dict[str, Any]]:
    """The properties as they are, each one taken away, and each one replaced by values of other types."""
    others: tuple[Any, ...] = ("", "x y", -1, 99999, True, [], {}, [{}])
    return [
        properties,
        *({name: value for name, value in properties.items() if name != gone} for gone in properties),
        *({**properties, name: value} for name in properties for value in others),
    ]


@pytest.mark.parametrize("kind", sorted(INPUTS))
def test_a_resource_breaks_its_schema_where_cfn_lints_own_validator_says_so(kind: str) -> None:
    schema = resource_schema("eu-west-1", table()[kind]["type"])
    assert schema is not None
    document = dict(schema.documents[0])
    theirs = StandardValidator(schema=document, resolver=RefResolver.from_schema(document))
    for properties in broken(plain(convert(table()[kind], INPUTS[kind]).properties)):
        ours = {each.place for each in schema.problems(properties) if each.keyword not in ("format", "anyOf")}
        expected = {tuple(error.path) for error in theirs.iter_errors(properties) if error.validator != "format"}
        # cfn-lint names the property in conflict, we the object that holds it
        conflicts = {each.place for each in schema.problems(properties) if each.keyword == "dependentExcluded"}
        assert {place[:-1] if place[:-1] in conflicts else place for place in expected} == ours, properties


def test_a_format_accepts_what_cfn_lints_own_rule_accepts() -> None:
    samples = [
        "ami-0123456789abcdef0",
        "sg-01234567",
        "sg-0123456789abcdef0",
        "sg-1",
        "subnet-0123456789abcdef0",
        "vpc-01234567",
        "vpc-x",
        "arn:aws:iam::123456789012:role/a/b",
        "arn:aws-cn:iam::123456789012:role/a",
        "arn:aws:iam::1:role/a",
        "alias/a:b",
        "arn:aws:kms:eu-west-1:123456789012:key/a",
        "01234567-0123-0123-0123-0123456789ab",
        "mrk-0123456789abcdef0123456789abcdef",
        "/aws/eks/a#1",
        "a b",
        "",
    ]
    for name in FORMAT_RULES:
        rule = getattr(importlib.import_module(f"cfnlint.rules.formats.{name}"), name)()
        check = CHECKS[rule.format_keyword]
        assert [check(each) for each in samples] == [bool(re.match(rule.pattern, each)) for each in samples], name


def test_a_policy_of_one_statement_needs_no_list() -> None:
    single = PERMISSIONS | {"Statement": PERMISSIONS["Statement"][0]}
    assert list(policy_schema("identityPolicy").problems(single)) == []
