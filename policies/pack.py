"""The six policies of the pack: on each resource and on the whole stack, what is refused, warned about, or not known.

In CrossGuard a policy has one level, and each costs time; so rules share policies by level, and the rule's id, field,
reason, fix and source stand in the message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from judged import is_strict, resource_findings, stack_findings
from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.given import SCHEMA, GivenError
from eks_fargate.fargate.reported import at_strict_level, violation_text
from eks_fargate.fargate.resource_types import STACK

NAME = "eks-fargate"
DESCRIPTION = "Data-plane rules of Amazon EKS on AWS Fargate"

_LEVELS = (
    (Level.ERROR, "errors", EnforcementLevel.MANDATORY, "does not work on EKS with Fargate"),
    (Level.WARNING, "warnings", EnforcementLevel.ADVISORY, "works otherwise than it looks on EKS with Fargate"),
    (Level.UNDETERMINED, "undetermined", EnforcementLevel.ADVISORY, "cannot be judged before deployment"),
)


def _told(findings: Iterable[Finding], level: Level, *, strict: bool) -> Iterator[Finding]:
    """What the policy of a level reports; when strict, what cannot be judged goes to the policy of its own level."""
    for finding in findings:
        if (at_strict_level(finding) if strict else finding).level is level and not finding.suppressed:
            yield finding


def _on_resource(level: Level) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        try:
            for finding in _told(resource_findings(args), level, strict=is_strict(args)):
                report(violation_text(finding), None)
        except GivenError as error:
            # Once is enough; the engine asks about the stack's own resource first.
            if args.resource_type == STACK:
                _refuse(error, report)

    return validate


def _on_stack(level: Level) -> Callable[[StackValidationArgs, ReportViolation], None]:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        try:
            findings, urns = stack_findings(args)
            for finding in _told(findings, level, strict=is_strict(args)):
                # A planned resource is named by its URN already.
                urn = finding.object if finding.object.startswith("urn:") else urns.get(finding.object)
                report(violation_text(finding), urn)
        except GivenError as error:
            _refuse(error, report)

    return validate


def _refuse(error: GivenError, report: ReportViolation) -> None:
    for problem in error.problems:
        report(f"policy pack configuration: {problem}", None)


def _policies() -> Iterable[Policy]:
    schema = PolicyConfigSchema(properties={key: dict(schema) for key, schema in SCHEMA.items()})
    for level, name, enforcement, what in _LEVELS:
        yield ResourceValidationPolicy(
            name=f"resource-{name}",
            description=f"A resource {what}.",
            validate=_on_resource(level),
            enforcement_level=enforcement,
            config_schema=schema,
        )
        yield StackValidationPolicy(
            name=f"stack-{name}",
            description=f"A resource, seen with the rest of its stack, {what}.",
            validate=_on_stack(level),
            enforcement_level=enforcement,
            config_schema=schema,
        )


POLICIES = list(_policies())
