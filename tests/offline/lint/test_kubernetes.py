"""Whether each way to break a Kubernetes object is found, and what cannot be checked is said."""

from __future__ import annotations

import copy
import datetime
from typing import Any

import pytest

from eks_fargate.fargate.findings import Finding, Level
from eks_fargate.fargate.resources import Resource
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.offline import lint
from eks_fargate.offline.lint import kubernetes
from eks_fargate.offline.lint.notchecked import NotChecked

VERSION = "1.34"
DEPLOYMENT: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}},
    "spec": {
        "replicas": 2,
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {
                "containers": [
                    {
                        "name": "web",
                        "image": "registry.example/web:1.2",
                        "ports": [{"containerPort": 8080, "protocol": "TCP"}],
                        "env": [{"name": "GREETING", "value": "hello"}],
                        "resources": {"requests": {"cpu": "250m", "memory": "512Mi"}},
                        "readinessProbe": {"httpGet": {"path": "/", "port": "http"}},
                    }
                ]
            },
        },
    },
}
CONTAINER = "spec.template.spec.containers[0]"


def changed(path: str, value: Any) -> dict[str, Any]:
    """The compliant Deployment with the field at `path` set; `...` takes it away."""
    out = copy.deepcopy(DEPLOYMENT)
    *above, last = path.replace("[0]", ".0").split(".")
    here: Any = out
    for step in above:
        here = here[int(step)] if step == "0" else here[step]
    if value is ...:
        del here[last]
    else:
        here[last] = value
    return out


def found(manifest: dict[str, Any], version: str = VERSION) -> list[tuple[str, str, str]]:
    return [(each.path, each.message, each.fix) for each in kubernetes.check_manifest(manifest, version)]


def planned(token: str, /, **inputs: Any) -> Resource:
    return Resource(f"urn:{token}", token, "web", "", inputs)


@pytest.mark.parametrize("version", ["1.25", "1.34", "v1.34.2", "1.34-eks-1a2b3c", "1.37"])
def test_a_compliant_deployment_has_no_finding(version: str) -> None:
    assert found(DEPLOYMENT, version) == []
    assert kubernetes.manifest_not_checked(DEPLOYMENT, version) is None


@pytest.mark.parametrize(
    ("path", "value", "message", "fix"),
    [
        ("spec.replicaz", 2, "replicaz is no field of spec", "Write replicas"),
        (
            "spec.replicas",
            "2",
            'replicas is the text "2", allowed is a whole number',
            "Give a whole number, without quotes",
        ),
        ("spec.selector", ..., "selector is missing", "Set selector"),
        (f"{CONTAINER}.imge", "x", f"imge is no field of {CONTAINER}", "Write image"),
        (
            f"{CONTAINER}.ports[0].containerPort",
            "8080",
            'containerPort is the text "8080", allowed is a whole number',
            "Give a whole number, without quotes",
        ),
        (f"{CONTAINER}.env", {"GREETING": "hello"}, "env is a mapping, allowed is a list", "Give a list"),
        (f"{CONTAINER}.env[0].value", 1, "value is a number, allowed is text", "Give text: write it in quotes"),
        ("metadata.labels.app", True, "app is a boolean, allowed is text", "Give text: write it in quotes"),
    ],
)
def test_one_thing_wrong_is_one_finding(path: str, value: Any, message: str, fix: str) -> None:
    assert found(changed(path, value)) == [(path, message, fix)]


def test_a_finding_names_the_object_the_rule_and_the_reference_of_its_kind() -> None:
    assert kubernetes.check_manifest(changed("spec.replicas", "2"), VERSION) == [
        Finding(
            "kubernetes-schema",
            Level.ERROR,
            "Deployment/shop/web",
            "spec.replicas",
            'replicas is the text "2", allowed is a whole number',
            "Give a whole number, without quotes",
            "https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#deployment-v1-apps",
        )
    ]


def test_everything_wrong_with_an_object_is_found_at_once() -> None:
    wrong = changed("spec.selector", ...)
    wrong["spec"]["replicas"] = "2"
    wrong["spec"]["template"]["spec"]["containers"][0] |= {"imge": "x", "ports": [{}]}
    assert {path for path, _, _ in found(wrong)} == {
        "spec.selector",
        "spec.replicas",
        f"{CONTAINER}.imge",
        f"{CONTAINER}.ports[0].containerPort",
    }


@pytest.mark.parametrize(
    "path",
    [
        "metadata",
        "metadata.name",
        "metadata.namespace",
        "spec",
        "spec.replicas",
        "spec.template",
        f"{CONTAINER}.image",
        f"{CONTAINER}.ports",
        f"{CONTAINER}.env",
    ],
)
def test_a_value_not_known_before_deployment_is_no_finding(path: str) -> None:
    assert found(changed(path, UNKNOWN)) == []


def test_an_unknown_entry_of_a_list_hides_none_of_the_others() -> None:
    container = f"{CONTAINER}.ports"
    assert [path for path, _, _ in found(changed(container, [UNKNOWN, {"containerPort": "80"}]))] == [
        f"{container}[1].containerPort"
    ]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("spec.replicas", 2.0),
        (f"{CONTAINER}.readinessProbe.httpGet.port", 8080),
        ("metadata.annotations", None),
        ("metadata.creationTimestamp", datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)),
        ("metadata.annotations", {"since": datetime.date(2026, 1, 2)}),
    ],
)
def test_what_yaml_and_pulumi_write_differently_is_accepted(path: str, value: Any) -> None:
    assert found(changed(path, value)) == []


@pytest.mark.parametrize(
    ("api_version", "kind", "path", "message", "fix"),
    [
        (
            "policy/v1beta1",
            "PodDisruptionBudget",
            "apiVersion",
            "policy/v1beta1 has no PodDisruptionBudget in Kubernetes 1.34",
            "Write apiVersion: policy/v1",
        ),
        (
            "extensions/v1beta1",
            "Ingress",
            "apiVersion",
            "extensions/v1beta1 has no Ingress in Kubernetes 1.34",
            "Write apiVersion: networking.k8s.io/v1",
        ),
        ("apps", "Deployment", "apiVersion", "apps has no Deployment in Kubernetes 1.34", "Write apiVersion: apps/v1"),
        ("apps/v1", "deployment", "kind", "apps/v1 has no deployment in Kubernetes 1.34", "Write kind: Deployment"),
        ("", "Pod", "apiVersion", "apiVersion is missing", "Set apiVersion"),
        ("v1", "", "kind", "kind is missing", "Set kind"),
    ],
)
def test_a_kind_that_kubernetes_own_groups_do_not_have_is_found(
    api_version: str, kind: str, path: str, message: str, fix: str
) -> None:
    assert found({"apiVersion": api_version, "kind": kind}) == [(path, message, fix)]


def test_a_custom_resource_is_said_not_to_be_checked() -> None:
    certificate = {"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": {"name": "web"}}
    assert found(certificate) == []
    assert kubernetes.manifest_not_checked(certificate, VERSION) == NotChecked(
        "Certificate/default/web", "", "Kubernetes 1.34 itself has no cert-manager.io/v1 Certificate"
    )


def test_a_custom_resource_is_not_held_against_a_kind_of_the_same_name() -> None:
    foreign = {"apiVersion": "networking.internal.knative.dev/v1", "kind": "Ingress", "spec": {"anything": 1}}
    assert found(foreign) == []
    assert kubernetes.manifest_not_checked(foreign, VERSION) is not None


@pytest.mark.parametrize("version", ["1.24", "1.99"])
def test_a_version_without_schemas_is_said(version: str) -> None:
    assert found(changed("spec.replicas", "2"), version) == []
    assert kubernetes.manifest_not_checked(DEPLOYMENT, version) == NotChecked(
        "Deployment/shop/web", "", f"there are schemas for Kubernetes 1.25 to 1.37, not for {version}"
    )


def test_what_is_no_version_is_refused() -> None:
    with pytest.raises(ValueError, match=r'^version: "latest" is not a Kubernetes version; give one such as "1\.37"$'):
        kubernetes.check_manifest(DEPLOYMENT, "latest")


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("kubernetes:apps/v1:Deployment", DEPLOYMENT),
        ("kubernetes:core/v1:ConfigMap", {"metadata": {"name": UNKNOWN}, "data": {"a": "b"}}),
        ("kubernetes:core/v1:Namespace", {"metadata": {"name": "shop"}}),
        ("kubernetes:networking.k8s.io/v1:Ingress", {"spec": {"ingressClassName": "alb"}}),
        (
            "kubernetes:apps/v1:DeploymentPatch",
            {"metadata": {"name": "coredns"}, "spec": {"template": {"metadata": {}}}},
        ),
    ],
)
def test_a_compliant_planned_object_has_no_finding(kind: str, inputs: dict[str, Any]) -> None:
    resource = planned(kind, **inputs)
    assert kubernetes.check([resource], VERSION) == []
    assert kubernetes.not_checked([resource], VERSION) == []


def test_a_planned_object_is_named_by_its_urn() -> None:
    resource = planned("kubernetes:core/v1:ConfigMap", data={"a": 1})
    assert [(each.object, each.path, each.message) for each in kubernetes.check([resource], VERSION)] == [
        ("urn:kubernetes:core/v1:ConfigMap", "data.a", "a is a number, allowed is text")
    ]


def test_a_patch_may_leave_out_what_is_required_but_not_mistype_it() -> None:
    resource = planned("kubernetes:apps/v1:DeploymentPatch", spec={"replicas": "2", "template": {"metadat": {}}})
    assert {each.path for each in kubernetes.check([resource], VERSION)} == {"spec.replicas", "spec.template.metadat"}


def test_a_helm_release_is_said_not_to_be_checked_and_components_are_passed_over() -> None:
    release = planned("kubernetes:helm.sh/v3:Release", chart="x")
    component = Resource("urn:c", "kubernetes:yaml/v2:ConfigGroup", "c", "", {}, custom=False)
    assert kubernetes.check([release, component], VERSION) == []
    assert kubernetes.not_checked([release, component], VERSION) == [
        NotChecked(
            release.urn,
            "",
            "a chart's objects are not in the plan: give what `helm template` prints as manifests",
        )
    ]


def test_no_message_quotes_a_value_that_may_be_secret() -> None:
    secret = "hunter2"
    wrong: list[dict[str, Any]] = [
        {"apiVersion": "v1", "kind": "Secret", "stringData": {"name": [secret]}, "type": [secret], "immutable": secret},
        {"apiVersion": "v1", "kind": "ConfigMap", "data": secret},
        changed(f"{CONTAINER}.env", [{"name": "A", "value": {"port": secret}}, secret]),
        changed(f"{CONTAINER}.command", secret),
        changed("metadata.annotations", {"image": [secret]}),
    ]
    findings = [each for manifest in wrong for each in kubernetes.check_manifest(manifest, VERSION)]
    assert len(findings) == 8
    assert not [each for each in findings if secret in each.message + each.fix]


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_number_that_is_not_finite_is_found(value: float) -> None:
    assert [path for path, _, _ in found(changed("spec.replicas", value))] == ["spec.replicas"]


def test_an_object_that_holds_itself_is_found() -> None:
    endless: dict[str, Any] = {"apiVersion": "v1", "kind": "ConfigMap", "data": {}}
    endless["data"]["again"] = endless
    assert found(endless) == [
        (
            "",
            "ConfigMap is nested deeper than 100 levels, or holds itself",
            "Write it out without an alias of itself",
        )
    ]


def test_numbers_and_texts_too_long_to_read_are_not_quoted() -> None:
    assert found(changed("spec.replicas", "2" * 200))[0][1] == "replicas is text, allowed is a whole number"
    assert found(changed("metadata.name", 10**5000))[0][1] == "name is a number, allowed is text"


def test_linting_a_plan_gives_the_findings_of_both_clouds_and_what_was_not_checked() -> None:
    wrong = planned("kubernetes:core/v1:ConfigMap", data=1)
    vpc = planned("aws:ec2/vpc:Vpc", cidrBlock=1)
    bucket = planned("aws:s3/bucket:Bucket")
    linted = lint.plan([wrong, vpc, bucket, planned("kubernetes:helm.sh/v3:Release")], "eu-west-1", VERSION)
    assert [(each.rule, each.path) for each in linted.findings] == [
        ("aws-schema", "cidrBlock"),
        ("kubernetes-schema", "data"),
    ]
    assert [each.object for each in linted.not_checked] == [bucket.urn, "urn:kubernetes:helm.sh/v3:Release"]


def test_linting_manifests_gives_findings_and_what_was_not_checked() -> None:
    certificate = {"apiVersion": "cert-manager.io/v1", "kind": "Certificate"}
    linted = lint.manifests([DEPLOYMENT, certificate, changed("spec.replicas", "2")], VERSION)
    assert [each.path for each in linted.findings] == ["spec.replicas"]
    assert [each.object for each in linted.not_checked] == ["Certificate/default/"]
