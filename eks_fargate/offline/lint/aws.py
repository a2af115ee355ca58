"""Every planned AWS resource against AWS's own resource schema, of the region that it is planned in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.resources import Resource
from eks_fargate.offline.lint.aws_schemas import policy_schema, resource_schema
from eks_fargate.offline.lint.cloudformation import Converted, convert, table, unchecked
from eks_fargate.offline.lint.iam_actions import unknown_actions
from eks_fargate.offline.lint.notchecked import NotChecked
from eks_fargate.offline.lint.paths import Place, dotted, last_step
from eks_fargate.offline.lint.quoting import may_be_quoted
from eks_fargate.offline.lint.validation import Problem
from eks_fargate.offline.lint.words import Words, describe, refused

RULE = "aws-schema"
_REFERENCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
_ACTIONS_REFERENCE = "https://docs.aws.amazon.com/service-authorization/latest/reference/"
_POLICY_REFERENCE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"


def check(resources: Sequence[Resource], region: str) -> list[Finding]:
    """The findings on the AWS resources of a plan, in its order; resources of other clouds are passed over.

    All are errors but an action that no service is known to have: that list may be older than the action.
    What the table has no row or no counterpart for is not checked, and `not_checked` names it.
    Raises ValueError where cfn-lint has no schemas for the region.
    """
    found = (f for resource in resources for row in _rows(resource) for f in _resource_findings(resource, row, region))
    return list(dict.fromkeys(found))


def not_checked(resources: Sequence[Resource]) -> list[NotChecked]:
    """The AWS resources, and single properties of them, that `check` has nothing to hold against."""
    out: list[NotChecked] = []
    for resource in resources:
        if not resource.type.startswith("aws:") or not resource.custom:
            continue
        row = table().get(resource.type)
        if row is None:
            out.append(NotChecked(resource.urn, "", f"no CloudFormation type is known for {resource.type}"))
        elif "unchecked" in row:
            out.append(NotChecked(resource.urn, "", row["unchecked"]))
        else:
            out += [NotChecked(resource.urn, path, why) for path, why in unchecked(row["properties"], resource.inputs)]
    return out


def _rows(resource: Resource) -> Iterator[Mapping[str, Any]]:
    row = table().get(resource.type, {})
    if "type" in row:
        yield row
        for other in row.get("also", ()):
            if resource.inputs.get(other["where"]) is not None:
                yield other


def _resource_findings(resource: Resource, row: Mapping[str, Any], region: str) -> Iterator[Finding]:
    inputs = resource.inputs
    if "where" in row:  # one of further rows: it takes its own inputs, the first row answers for all
        inputs = {name: inputs[name] for name in row["properties"] if name in inputs}
    made = convert(row, inputs)
    source = f"{_REFERENCE}aws-resource-{made.type.removeprefix('AWS::').replace('::', '-').lower()}.html"
    for path, words in (*_refusals(made, resource), *_schema_problems(made, resource, region)):
        yield _finding(resource, path, words, source)
    for place, kind in made.policies.items():
        yield from _policy_findings(made, place, kind, resource)


def _finding(resource: Resource, path: str, words: Words, source: str, level: Level = Level.ERROR) -> Finding:
    return Finding(RULE, level, resource.urn, path, words.message, words.fix, source)


def _refusals(made: Converted, resource: Resource) -> Iterator[tuple[str, Words]]:
    for each in made.refused:
        name = last_step(each.path)
        words = refused(name, each.known, resource.type) if each.known else Words(f"{name} {each.why}", "Correct it")
        yield each.path, words


def _schema_problems(made: Converted, resource: Resource, region: str) -> Iterator[tuple[str, Words]]:
    schema = resource_schema(region, made.type)
    if schema is None:
        yield "", Words(f"{made.type} is not offered in {region}", "Choose another region")
        return
    for problem in schema.problems(made.properties):
        if not _is_filled(problem, made):
            yield from _in_pulumi_words(problem, made, (), resource)


def _policy_findings(made: Converted, place: Place, kind: str, resource: Resource) -> Iterator[Finding]:
    document: Any = made.properties
    for step in place:
        document = document[step]
    for problem in policy_schema(kind).problems(document):
        if not _is_false(problem):
            for path, words in _in_pulumi_words(problem, made, place, resource):
                yield _finding(resource, path, words, _POLICY_REFERENCE)
    for at, words in unknown_actions(document):
        yield _finding(resource, made.origin((*place, *at)), words, _ACTIONS_REFERENCE, Level.WARNING)


def _is_filled(problem: Problem, made: Converted) -> bool:
    """Whether the property missing is one that the provider fills in, or another resource holds."""
    return problem.keyword == "required" and not problem.place and problem.names[0] in made.filled


def _is_false(problem: Problem) -> bool:
    """Whether cfn-lint's policy schema is wrong: it knows principals of three partitions only, AWS has more.

    https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
    """
    return (
        problem.schema_place == ("definitions", "AwsPrincipalArn", "anyOf")
        and isinstance(problem.value, str)
        and problem.value.startswith(("arn:aws-iso", "arn:aws-eusc:"))
    )


def _in_pulumi_words(
    problem: Problem, made: Converted, above: Place, resource: Resource
) -> Iterator[tuple[str, Words]]:
    """The path and the words of a problem under `above`, with Pulumi's names for CloudFormation's."""
    place = (*above, *problem.place)
    path = made.origin(place)
    if problem.keyword == "additionalProperties":
        known = [made.name(place, name) for name in problem.known]
        for name in problem.names:
            yield dotted((name,), path), refused(name, known, made.type if not above else "an IAM policy there")
        return
    if problem.keyword == "enumCaseInsensitive":
        named = problem
    else:
        named = replace(problem, names=tuple(made.name(place, name) for name in problem.names))
    if problem.keyword == "required":
        path = dotted(named.names, path)
    yield path, describe(named, last_step(path) or made.type, quote=may_be_quoted("aws", path, resource.secret_paths))
