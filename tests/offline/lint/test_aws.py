"""Whether each way to break an AWS resource is found, with Pulumi's path, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline.lint import aws
from eks_fargate.offline.lint.cloudformation import table
from eks_fargate.offline.lint.notchecked import NotChecked
from tests.offline.lint.compliant import INPUTS, PERMISSIONS, TRUST, resource

REGION = "eu-west-1"
CLUSTER = "aws:eks/cluster:Cluster"
PROFILE = "aws:eks/fargateProfile:FargateProfile"
NODES = "aws:eks/nodeGroup:NodeGroup"
ROLE = "aws:iam/role:Role"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


def found(kind: str, **changes: Any) -> list[tuple[str, str, str]]:
    return [(each.path, each.message, each.fix) for each in aws.check([resource(kind, **changes)], REGION)]


def test_there_is_a_compliant_resource_for_every_type_in_the_table() -> None:
    assert set(INPUTS) == {kind for kind, row in table().items() if "type" in row}


@pytest.mark.parametrize("kind", sorted(INPUTS))
def test_a_compliant_resource_has_no_finding_and_nothing_unchecked(kind: str) -> None:
    assert aws.check([resource(kind)], REGION) == []
    assert aws.not_checked([resource(kind)]) == []


@pytest.mark.parametrize("kind", sorted(INPUTS))
def test_a_misspelt_property_is_refused_on_every_type(kind: str) -> None:
    first = sorted(INPUTS[kind])[0]
    misspelt = f"{first}z"
    assert found(kind, **{misspelt: "x"}) == [(misspelt, f"{misspelt} is no field of {kind}", f"Write {first}")]


@pytest.mark.parametrize("kind", sorted(INPUTS))
def test_an_input_of_a_shape_that_no_property_has_is_refused_on_every_type(kind: str) -> None:
    first = sorted(set(INPUTS[kind]) - {"namePrefix"})[0]
    assert [path for path, _, _ in found(kind, **{first: 1.5})] != []


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("aws:ec2/subnet:Subnet", "vpcId"),
        ("aws:ec2/routeTable:RouteTable", "vpcId"),
        ("aws:ec2/route:Route", "routeTableId"),
        ("aws:ec2/routeTableAssociation:RouteTableAssociation", "routeTableId"),
        ("aws:ec2/vpcEndpoint:VpcEndpoint", "vpcId"),
        ("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ipProtocol"),
        ("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "securityGroupId"),
        ("aws:kms/alias:Alias", "targetKeyId"),
        (ROLE, "assumeRolePolicy"),
        ("aws:iam/policy:Policy", "policy"),
        ("aws:iam/rolePolicy:RolePolicy", "role"),
        (CLUSTER, "roleArn"),
        (CLUSTER, "vpcConfig"),
        ("aws:eks/accessEntry:AccessEntry", "principalArn"),
        ("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "policyArn"),
        (PROFILE, "selectors"),
        (PROFILE, "podExecutionRoleArn"),
        ("aws:eks/addon:Addon", "addonName"),
        (NODES, "nodeRoleArn"),
        (NODES, "subnetIds"),
        ("aws:eks/podIdentityAssociation:PodIdentityAssociation", "serviceAccount"),
    ],
)
def test_a_required_property_that_is_missing_is_found(kind: str, missing: str) -> None:
    assert found(kind, **{missing: ...}) == [(missing, f"{missing} is missing", f"Set {missing}")]


@pytest.mark.parametrize(
    ("kind", "changes", "path", "message", "fix"),
    [
        (
            CLUSTER,
            {"version": 1.3},
            "version",
            "version is the number 1.3, allowed is text",
            "Give text: write it in quotes",
        ),
        (
            CLUSTER,
            {"vpcConfig": {"subnetIds": UNKNOWN, "endpointPublicAccess": "true"}},
            "vpcConfig.endpointPublicAccess",
            'endpointPublicAccess is the text "true", allowed is true or false',
            "Give true or false, without quotes",
        ),
        (
            CLUSTER,
            {"enabledClusterLogTypes": ["api", "adit"]},
            "enabledClusterLogTypes[1]",
            'enabledClusterLogTypes[1] is the text "adit", which is none of the values allowed',
            "Give one of: api, audit, authenticator, controllerManager, scheduler",
        ),
        (
            CLUSTER,
            {"encryptionConfig": {"provider": {"keyArn": UNKNOWN}, "resources": "secrets"}},
            "encryptionConfig.resources",
            "resources is text, allowed is a list",
            "Give a list",
        ),
        (
            CLUSTER,
            {"roleArn": "shop"},
            "roleArn",
            "roleArn is text, allowed is a role ARN, arn:aws:iam::123456789012:role/NAME",
            "Give a role ARN, arn:aws:iam::123456789012:role/NAME",
        ),
        (
            PROFILE,
            {"selectors": []},
            "selectors",
            "selectors has 0 entries, allowed are at least 1 entries",
            "Give at least 1 entries",
        ),
        (
            PROFILE,
            {"selectors": [{"labels": {"tier": "web"}}]},
            "selectors[0].namespace",
            "namespace is missing",
            "Set namespace",
        ),
        (
            PROFILE,
            {"selectors": [{"namespace": "shop", "labels": {"a.b/c": True}}]},
            'selectors[0].labels["a.b/c"]',
            'labels["a.b/c"] is a boolean, allowed is text',
            "Give text: write it in quotes",
        ),
        (
            PROFILE,
            {"subnetIds": [UNKNOWN, "subnet-1"]},
            "subnetIds[1]",
            "subnetIds[1] is text, allowed is a subnet id, subnet-0123456789abcdef0",
            "Give a subnet id, subnet-0123456789abcdef0",
        ),
        (
            NODES,
            {"scalingConfig": {"minSize": 1, "desiredSize": 1, "maxSize": 0}},
            "scalingConfig.maxSize",
            "maxSize is the number 0, allowed is at least 1",
            "Give at least 1",
        ),
        (
            TEMPLATE,
            {"blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {"encrypted": "yes"}}]},
            "blockDeviceMappings[0].ebs.encrypted",
            "encrypted is text, allowed is true or false",
            "Give true or false, without quotes",
        ),
        (
            "aws:kms/key:Key",
            {"deletionWindowInDays": 3},
            "deletionWindowInDays",
            "deletionWindowInDays is the number 3, allowed is at least 7",
            "Give at least 7",
        ),
        (
            "aws:cloudwatch/logGroup:LogGroup",
            {"retentionInDays": 31},
            "retentionInDays",
            "retentionInDays is the number 31, which is none of the values allowed",
            "Give one of: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 and 10 more",
        ),
        (
            ROLE,
            {"name": "a b"},
            "name",
            r'name is the text "a b", which does not match ^[\w+=,.@-]+$',
            r"Give text that matches ^[\w+=,.@-]+$",
        ),
        (
            "aws:ec2/eip:Eip",
            {"domain": "vcp"},
            "domain",
            'domain is the text "vcp", which is none of the values allowed',
            "Give one of: standard, vpc",
        ),
        (
            "aws:ec2/subnet:Subnet",
            {"availabilityZone": "eu-west-1a"},
            "",
            "availabilityZone and availabilityZoneId exclude each other",
            "Keep one of them",
        ),
        (
            "aws:ec2/subnet:Subnet",
            {"cidrBlock": ...},
            "",
            "none of cidrBlock, ipv4IpamPoolId, ipv6IpamPoolId, ipv6CidrBlock is set",
            "Set at least one of them",
        ),
        (
            "aws:ec2/vpc:Vpc",
            {"cidrBlock": "10.0.0.1/16"},
            "cidrBlock",
            'cidrBlock is the text "10.0.0.1/16", allowed is an IPv4 CIDR block, 10.0.0.0/16, its first address',
            "Give an IPv4 CIDR block, 10.0.0.0/16, its first address",
        ),
        (
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            {"cidrIpv6": "::/0"},
            "",
            "exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId is needed",
            "Set one of them, and no other",
        ),
        (
            "aws:ec2/internetGateway:InternetGateway",
            {"vpcId": "shop"},
            "vpcId",
            "vpcId is text, allowed is a VPC id, vpc-0123456789abcdef0",
            "Give a VPC id, vpc-0123456789abcdef0",
        ),
        (
            "aws:eks/addon:Addon",
            {"resolveConflictsOnUpdate": "FORCE"},
            "resolveConflictsOnUpdate",
            'resolveConflictsOnUpdate is the text "FORCE", which is none of the values allowed',
            "Give one of: NONE, OVERWRITE, PRESERVE",
        ),
        (
            "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
            {"accessScope": {"type": "clustr"}},
            "accessScope.type",
            'type is the text "clustr", which is none of the values allowed',
            "Give one of: namespace, cluster",
        ),
        (
            "aws:ec2/vpc:Vpc",
            {"tags": ["shop"]},
            "tags",
            "tags must be a mapping of names to text",
            "Correct it",
        ),
    ],
)
def test_one_thing_wrong_is_one_finding(kind: str, changes: dict[str, Any], path: str, message: str, fix: str) -> None:
    assert found(kind, **changes) == [(path, message, fix)]


def test_a_finding_names_the_resource_the_rule_and_the_reference_of_its_type() -> None:
    wrong = resource(CLUSTER, version=1.3)
    assert aws.check([wrong], REGION) == [
        Finding(
            "aws-schema",
            Level.ERROR,
            wrong.urn,
            "version",
            "version is the number 1.3, allowed is text",
            "Give text: write it in quotes",
            "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html",
        )
    ]


def test_everything_wrong_with_a_resource_is_found_at_once() -> None:
    wrong = {"clustrName": "shop", "scalingConfig": {"minSize": "1", "maxSize": 0}, "subnetIds": ..., "diskSize": "20"}
    assert {path for path, _, _ in found(NODES, **wrong)} == {
        "clustrName",
        "scalingConfig.minSize",
        "scalingConfig.maxSize",
        "subnetIds",
        "diskSize",
    }


@pytest.mark.parametrize("kind", sorted(INPUTS))
def test_values_not_known_before_deployment_are_no_finding(kind: str) -> None:
    assert found(kind, **dict.fromkeys(INPUTS[kind], UNKNOWN)) == []


def test_an_unknown_value_hides_no_other_problem() -> None:
    assert found(PROFILE, selectors=UNKNOWN, subnetIds=[UNKNOWN, 5]) == [
        ("subnetIds[1]", "subnetIds[1] is a number, allowed is text", "Give text: write it in quotes")
    ]


def test_two_unknown_entries_of_a_list_are_not_taken_for_one_and_the_same() -> None:
    assert found(NODES, subnetIds=[UNKNOWN, UNKNOWN]) == []


def test_an_entry_given_twice_is_found_beside_unknown_ones() -> None:
    subnet = "subnet-0123456789abcdef0"
    assert found(ROLE, managedPolicyArns=[UNKNOWN, UNKNOWN]) == []
    policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    assert found(ROLE, managedPolicyArns=[policy, UNKNOWN, policy]) == [
        ("managedPolicyArns", "managedPolicyArns has an entry twice", "Remove one of the two")
    ]
    assert found(PROFILE, subnetIds=[subnet, UNKNOWN]) == []


def test_a_whole_number_in_floating_form_is_a_whole_number() -> None:
    assert found("aws:kms/key:Key", deletionWindowInDays=30.0) == []


@pytest.mark.parametrize(
    ("statement", "path", "message", "fix"),
    [
        (
            {"Effect": "allow"},
            "Statement[0].Effect",
            'Effect is the text "allow", which is none of the values allowed',
            "Give one of: Allow, Deny",
        ),
        (
            {"Action": ...},
            "Statement[0]",
            "exactly one of Action, NotAction is needed",
            "Set one of them, and no other",
        ),
        ({"Resource": "*"}, "Statement[0].Resource", "Resource is no field of an IAM policy there", "Remove it"),
        (
            {"Condition": {"StringEqual": {"a": "b"}}},
            "Statement[0].Condition.StringEqual",
            "StringEqual is no field of an IAM policy there",
            "Remove it",
        ),
    ],
)
def test_a_trust_policy_is_held_against_the_grammar_of_policies(
    statement: dict[str, Any], path: str, message: str, fix: str
) -> None:
    changed = {name: value for name, value in (TRUST["Statement"][0] | statement).items() if value is not ...}  # type: ignore[operator]
    findings = aws.check([resource(ROLE, assumeRolePolicy=json.dumps(TRUST | {"Statement": [changed]}))], REGION)
    assert [(each.path, each.message) for each in findings] == [(f"assumeRolePolicy.{path}", message)]
    assert findings[0].fix.startswith(fix)
    assert findings[0].source.endswith("/reference_policies_grammar.html")


def test_two_statements_of_one_sid_are_found() -> None:
    twice = PERMISSIONS | {"Statement": [*PERMISSIONS["Statement"], *PERMISSIONS["Statement"]]}
    assert found("aws:iam/policy:Policy", policy=json.dumps(twice)) == [
        (
            "policy.Statement",
            "Statement has two entries of one Sid",
            "Give each statement a Sid of its own, or none",
        )
    ]


@pytest.mark.parametrize(
    ("action", "message", "fix"),
    [
        (
            "eks:DescribeCluser",
            "eks:DescribeCluser is no action known of eks",
            "Write eks:describecluster (IAM takes capitals as small letters)",
        ),
        ("ekz:DescribeCluster", "ekz:DescribeCluster is of no service known", "Write eks:"),
        ("eks:Describ?Cluzter*", "eks:Describ?Cluzter* is no action known of eks", None),
        ("DescribeCluster", "DescribeCluster names no service", "Write SERVICE:ACTION"),
    ],
)
def test_an_action_that_no_service_has_is_a_warning(action: str, message: str, fix: str | None) -> None:
    statement = {"Effect": "Allow", "Action": ["eks:Describe*", action], "Resource": "*"}
    policy = json.dumps(PERMISSIONS | {"Statement": [statement]})
    findings = aws.check([resource("aws:iam/policy:Policy", policy=policy)], REGION)
    assert [(each.level, each.path, each.message) for each in findings] == [
        (Level.WARNING, "policy.Statement[0].Action[1]", message)
    ]
    assert fix in (None, findings[0].fix)


def test_a_policy_that_is_no_json_is_found() -> None:
    assert found(ROLE, assumeRolePolicy='{"Version') == [
        ("assumeRolePolicy", "assumeRolePolicy is not valid JSON", "Correct it")
    ]


def test_the_principals_of_every_partition_are_accepted() -> None:
    for partition in ("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc"):
        statement = TRUST["Statement"][0] | {"Principal": {"AWS": f"arn:{partition}:iam::123456789012:root"}}  # type: ignore[operator]
        assert found(ROLE, assumeRolePolicy=json.dumps(TRUST | {"Statement": [statement]})) == []
    statement = TRUST["Statement"][0] | {"Principal": {"AWS": "arn:amazon:iam::123456789012:root"}}  # type: ignore[operator]
    assert len(found(ROLE, assumeRolePolicy=json.dumps(TRUST | {"Statement": [statement]}))) == 1


def test_no_message_quotes_a_value_that_may_be_secret() -> None:
    secret = "hunter2"
    wrong = [
        resource(TEMPLATE, userData=[secret], keyName={"a": secret}, imageId=secret),
        resource("aws:eks/addon:Addon", configurationValues=[secret], tags={"name": [secret]}),
        resource(ROLE, description="\u2713" + secret, permissionsBoundary=[secret]),
    ]
    findings = aws.check(wrong, REGION)
    assert len(findings) == 7
    assert not [each for each in findings if secret in each.message + each.fix]


def test_a_secret_input_is_not_quoted_even_under_a_name_that_otherwise_is() -> None:
    plain = resource(ROLE, name="a b")
    secret = Resource(plain.urn, plain.type, plain.name, "", plain.inputs, secret_paths=["name"])
    assert [each.message for each in aws.check([secret], REGION)] == [
        r"name is text, which does not match ^[\w+=,.@-]+$"
    ]


def test_a_type_that_the_region_does_not_offer_is_found() -> None:
    assert [each.message for each in aws.check([resource(PROFILE)], "us-gov-west-1")] == [
        "AWS::EKS::FargateProfile is not offered in us-gov-west-1"
    ]


def test_a_region_without_schemas_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"^region: eu-west-9 is not one that cfn-lint has schemas for; allowed: af-"):
        aws.check([resource(CLUSTER)], "eu-west-9")


def test_what_has_no_counterpart_is_said_not_to_be_checked() -> None:
    bucket = Resource("urn:bucket", "aws:s3/bucket:Bucket", "b", "", {"bucket": 1})
    tag = Resource("urn:tag", "aws:ec2/tag:Tag", "t", "", {"key": 1})
    table_with_routes = resource("aws:ec2/routeTable:RouteTable", routes=[{"cidrBlock": "0.0.0.0/0"}])
    assert aws.check([bucket, tag, table_with_routes], REGION) == []
    assert aws.not_checked([bucket, tag, table_with_routes]) == [
        NotChecked("urn:bucket", "", "no CloudFormation type is known for aws:s3/bucket:Bucket"),
        NotChecked("urn:tag", "", "CloudFormation tags a resource among its own properties only"),
        NotChecked(
            table_with_routes.urn,
            "routes",
            "a route is a resource of its own in CloudFormation: give it as aws:ec2/route:Route",
        ),
    ]


def test_resources_of_other_clouds_are_passed_over() -> None:
    other = Resource("urn:x", "random:index/randomId:RandomId", "x", "", {"byteLength": "eight"})
    assert aws.check([other], REGION) == []
    assert aws.not_checked([other]) == []
