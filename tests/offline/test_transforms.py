"""Transforms are called back, in the engine's order, and what they change is what is planned."""

from __future__ import annotations

import pytest

from eks_fargate.offline.errors import TransformError
from tests.offline.conftest import RunProgram

PROGRAM = """
    import pulumi
    import pulumi_aws as aws


    def tagging(who):
        def transform(args):
            if args.type_ != "aws:ec2/vpc:Vpc":
                return None
            tags = {**args.props.get("tags", {}), who: str(len(args.props.get("tags", {})))}
            return pulumi.ResourceTransformResult(props={**args.props, "tags": tags}, opts=args.opts)

        return transform


    class Network(pulumi.ComponentResource):
        def __init__(self, name, opts):
            super().__init__("demo:index:Network", name, {}, opts)
            self.role = aws.iam.Role("role", assume_role_policy="{}", opts=pulumi.ResourceOptions(parent=self))
            aws.ec2.Vpc(
                "a",
                cidr_block="10.0.0.0/16",
                opts=pulumi.ResourceOptions(parent=self, transforms=[tagging("own")], depends_on=[self.role]),
            )


    pulumi.runtime.register_resource_transform(tagging("stack"))
    Network("net", pulumi.ResourceOptions(transforms=[tagging("parent")]))
"""


def test_transforms_run_from_the_resource_up_to_the_stack(run_program: RunProgram) -> None:
    vpc = run_program(PROGRAM).named("aws:ec2/vpc:Vpc", "a")
    assert vpc.inputs == {"cidrBlock": "10.0.0.0/16", "tags": {"own": "0", "parent": "1", "stack": "2"}}
    assert [urn.rpartition("::")[2] for urn in vpc.dependencies] == ["role"]


def test_a_transform_may_change_options(run_program: RunProgram) -> None:
    program = """
        import pulumi
        import pulumi_aws as aws

        def protecting(args):
            opts = pulumi.ResourceOptions.merge(
                args.opts,
                pulumi.ResourceOptions(
                    protect=True,
                    retain_on_delete=True,
                    delete_before_replace=True,
                    ignore_changes=["tags"],
                    custom_timeouts=pulumi.CustomTimeouts(create="7m"),
                ),
            )
            return pulumi.ResourceTransformResult(props=args.props, opts=opts)

        aws.ec2.Vpc("a", opts=pulumi.ResourceOptions(transforms=[protecting]))
    """
    options = dict(run_program(program).named("aws:ec2/vpc:Vpc", "a").options)
    options.pop("version")
    assert options == {
        "customTimeouts": {"create": "7m"},
        "deleteBeforeReplace": True,
        "ignoreChanges": ["tags"],
        "protect": True,
        "retainOnDelete": True,
    }


def test_a_transform_that_fails_is_named_with_its_resource(run_program: RunProgram) -> None:
    program = """
        import pulumi
        import pulumi_aws as aws

        def failing(args):
            raise ValueError("not like this")

        pulumi.runtime.register_resource_transform(failing)
        aws.ec2.Vpc("a")
    """
    with pytest.raises(TransformError) as raised:
        run_program(program)
    assert raised.value.problems == ("a transform failed on aws:ec2/vpc:Vpc 'a': not like this",)
