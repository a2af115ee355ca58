"""Workloads: the pods that objects of every kind make, and what of a malformed object is left out and reported."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.facts import Facts
from eks_fargate.fargate.placement import DataPlane, place
from eks_fargate.fargate.pods import UNKNOWN_MAPPING, Problem
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.workloads import Makes, makes, pods_of
from tests.fargate.pod_manifests import size

REF = "Deployment/shop/web"
SPEC = "spec.template.spec"


def template() -> dict[str, Any]:
    return {
        "metadata": {"labels": {"app": "web"}, "annotations": {"note": "x"}},
        "spec": {"serviceAccountName": "web", "containers": [{"name": "web", "image": "web:1"}]},
    }


def workload(kind: str = "Deployment", api_version: str = "apps/v1", **spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": api_version,
        "kind": kind,
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"template": template(), **spec},
    }


def pod() -> dict[str, Any]:
    made = template()
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web", "namespace": "shop", **made["metadata"]},
        "spec": made["spec"],
    }


def with_value(manifest: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    changed = deepcopy(manifest)
    *way, last = path.split("/")
    at: Any = changed
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    at[last] = value
    return changed


def test_a_deployment_makes_the_pods_of_its_template() -> None:
    manifest = workload(replicas=3)
    (made,), problems = pods_of(manifest)
    assert problems == []
    assert (made.ref, made.replicas, made.service_account) == (REF, 3, "web")
    assert (made.labels, made.annotations) == ({"app": "web"}, {"note": "x"})
    assert (made.template_path, made.spec_path) == ("spec.template", SPEC)
    assert made.spec is manifest["spec"]["template"]["spec"]
    assert made.manifest is manifest


@pytest.mark.parametrize(
    ("kind", "api_version", "template_path", "manifest"),
    [
        ("Pod", "v1", "", pod()),
        ("PodTemplate", "v1", "template", {**workload("PodTemplate", "v1"), "template": template()}),
        (
            "CronJob",
            "batch/v1",
            "spec.jobTemplate.spec.template",
            workload("CronJob", "batch/v1", jobTemplate={"spec": {"template": template()}}),
        ),
        *(
            (kind, api_version, "spec.template", workload(kind, api_version))
            for kind, api_version in [
                ("DaemonSet", "apps/v1"),
                ("Deployment", "apps/v1beta2"),
                ("Deployment", "extensions/v1beta1"),
                ("Job", "batch/v1"),
                ("ReplicaSet", "apps/v1"),
                ("ReplicationController", "v1"),
                ("Rollout", "argoproj.io/v1alpha1"),
                ("Service", "serving.knative.dev/v1"),
                ("StatefulSet", "apps/v1"),
            ]
        ),
    ],
)
def test_every_kind_that_makes_pods_is_read(
    kind: str, api_version: str, template_path: str, manifest: dict[str, Any]
) -> None:
    manifest = {**manifest, "apiVersion": api_version}
    assert makes(manifest) is Makes.PODS
    (made,), problems = pods_of(manifest)
    assert problems == []
    assert (made.ref, made.labels, made.template_path) == (f"{kind}/shop/web", {"app": "web"}, template_path)
    assert made.spec_path == f"{template_path}.spec".lstrip(".")


@pytest.mark.parametrize(
    ("manifest", "replicas"),
    [
        (workload(), 1),
        (workload(replicas=0), 0),
        (workload(replicas=4.0), 4),
        (workload(replicas=None), 1),
        (workload(replicas=UNKNOWN), UNKNOWN),
        (workload("StatefulSet", replicas=2), 2),
        (workload("DaemonSet"), UNKNOWN),
        (workload("Job", "batch/v1"), 1),
        (workload("Job", "batch/v1", parallelism=5), 5),
        (workload("Job", "batch/v1", parallelism=5, completions=3), 3),
        (workload("Job", "batch/v1", parallelism=2, completions=3), 2),
        (workload("Job", "batch/v1", completions=3), 1),
        (workload("Job", "batch/v1", parallelism=2, completions=UNKNOWN), UNKNOWN),
        (
            workload("CronJob", "batch/v1", jobTemplate={"spec": {"template": template(), "parallelism": 2}}),
            2,
        ),
        (pod(), 1),
        ({**workload("PodTemplate", "v1"), "template": template()}, 0),
        (workload("Service", "serving.knative.dev/v1"), 1),
    ],
)
def test_the_pods_that_run_at_once_are_counted(manifest: dict[str, Any], replicas: Any) -> None:
    (made,), problems = pods_of(manifest)
    assert (made.replicas, problems) == (replicas, [])


@pytest.mark.parametrize(
    ("metadata", "ref"),
    [
        ({"name": "web"}, "Deployment/default/web"),
        ({"name": "web", "namespace": ""}, "Deployment/default/web"),
        ({"name": "web", "namespace": None}, "Deployment/default/web"),
        ({"generateName": "web-"}, "Deployment/default/web-*"),
        ({"name": UNKNOWN, "namespace": UNKNOWN}, "Deployment/<unknown>/<unknown>"),
        (UNKNOWN, "Deployment/<unknown>/<unknown>"),
    ],
)
def test_name_and_namespace_are_told(metadata: Any, ref: str) -> None:
    (made,), problems = pods_of({**workload(), "metadata": metadata})
    assert (made.ref, problems) == (ref, [])


def test_the_namespace_of_objects_that_name_none_can_be_given() -> None:
    assert pods_of({**workload(), "metadata": {"name": "web"}}, "team").pods[0].namespace == "team"


@pytest.mark.parametrize(
    ("spec", "account"),
    [({}, "default"), ({"serviceAccount": "old"}, "old"), ({"serviceAccountName": UNKNOWN}, UNKNOWN)],
)
def test_the_service_account_is_told(spec: dict[str, Any], account: Any) -> None:
    manifest = with_value(workload(), "spec/template/spec", {"containers": [{"name": "a"}], **spec})
    assert pods_of(manifest).pods[0].service_account == account


def test_lists_are_taken_apart_in_order() -> None:
    inner = {"apiVersion": "v1", "kind": "List", "items": [with_value(pod(), "metadata/name", "b")]}
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}
    outer = {"apiVersion": "v1", "kind": "List", "items": [workload(), inner, config, pod()]}
    pods, problems = pods_of(outer)
    assert [made.ref for made in pods] == [REF, "Pod/shop/b", "Pod/shop/web"]
    assert problems == []


@pytest.mark.parametrize(
    ("manifest", "answer"),
    [
        ({"apiVersion": "v1", "kind": "Service"}, Makes.NO_PODS),
        ({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress"}, Makes.NO_PODS),
        ({"apiVersion": "v1", "kind": "List", "items": []}, Makes.PODS),
        ({"apiVersion": "apps/v1", "kind": "Deploymnet"}, Makes.NOT_JUDGED),
        ({"apiVersion": "example.com/v1", "kind": "Deployment"}, Makes.NOT_JUDGED),
        ({"apiVersion": "example.com/v1", "kind": "Widget"}, Makes.NOT_JUDGED),
        ({"kind": "Widget"}, Makes.NOT_JUDGED),
        ({"apiVersion": "v1", "kind": ["Pod"]}, Makes.NOT_JUDGED),
        ("text", Makes.NOT_JUDGED),
    ],
)
def test_kinds_that_make_none_are_told_from_those_not_judged(manifest: Any, answer: Makes) -> None:
    assert makes(manifest) is answer
    assert pods_of(manifest).pods == []


def test_a_user_can_say_that_a_kind_of_theirs_makes_no_pods() -> None:
    facts = Facts({"kinds": {"makeNoPods": {"example.com": ["Widget"]}}})
    assert makes({"apiVersion": "example.com/v1", "kind": "Widget"}, facts) is Makes.NO_PODS
    assert makes({"apiVersion": "v1", "kind": "Secret"}, facts) is Makes.NO_PODS


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        (None, Problem("", "", "is null, not a Kubernetes object")),
        ({**workload(), "spec": None}, Problem(REF, "spec", "is null, where a mapping belongs")),
        ({**workload(), "spec": "x"}, Problem(REF, "spec", "is a string, where a mapping belongs")),
        (
            with_value(workload(), "spec/template", None),
            Problem(REF, "spec.template", "is null, where a mapping belongs"),
        ),
        ({**workload(), "spec": {}}, Problem(REF, "spec.template", "is missing")),
        (with_value(workload(), "spec/template", {}), Problem(REF, SPEC, "is missing")),
        (with_value(workload(), "spec/template/spec", []), Problem(REF, SPEC, "is a list, where a mapping belongs")),
        (
            {**workload("Rollout", "argoproj.io/v1alpha1"), "spec": {"workloadRef": {"kind": "Deployment"}}},
            Problem(
                "Rollout/shop/web",
                "spec.template",
                "is that of the object which workloadRef names; its pods are judged with that object",
            ),
        ),
    ],
)
def test_what_makes_no_pod_because_it_is_malformed_is_reported(manifest: Any, problem: Problem) -> None:
    assert pods_of(manifest) == ([], [problem])


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("metadata/name", None, ("metadata.name", "is missing")),
        ("spec/replicas", "3", ("spec.replicas", "is a string, where a whole number belongs")),
        ("spec/replicas", True, ("spec.replicas", "is a boolean, where a whole number belongs")),
        ("spec/replicas", 1.5, ("spec.replicas", "is a number, where a whole number belongs")),
        ("spec/replicas", -1, ("spec.replicas", "is negative, where a number of pods belongs")),
        (
            "spec/template/metadata/labels/app",
            1.3,
            ("spec.template.metadata.labels[app]", 'is the number 1.3; Kubernetes takes text only: write "1.3"'),
        ),
        (
            "spec/template/metadata/labels/app",
            True,
            ("spec.template.metadata.labels[app]", 'is the boolean true; Kubernetes takes text only: write "true"'),
        ),
        pytest.param(
            "spec/template/metadata/labels/app",
            16**5000,
            ("spec.template.metadata.labels[app]", "is a number; Kubernetes takes text only: write it in quotes"),
            id="a number of thousands of digits",
        ),
        (
            "spec/template/metadata/labels",
            {1: "x"},
            (
                "spec.template.metadata.labels",
                "has a key that is a number; Kubernetes takes text only: write it in quotes",
            ),
        ),
        (
            "spec/template/metadata/labels",
            "app=web",
            ("spec.template.metadata.labels", "is a string, where a mapping of strings belongs"),
        ),
        (
            "spec/template/metadata",
            "app=web",
            ("spec.template.metadata", "is a string, where a mapping belongs"),
        ),
        ("spec/template/spec/containers", {}, (f"{SPEC}.containers", "is a mapping, where a list belongs")),
        (
            "spec/template/spec/containers",
            None,
            (f"{SPEC}.containers", "has no container; a pod has at least one"),
        ),
        (
            "spec/template/spec/hostNetwork",
            "true",
            (f"{SPEC}.hostNetwork", "is a string, where a boolean belongs"),
        ),
        ("spec/template/spec/volumes", [None], (f"{SPEC}.volumes[0]", "is null, where a mapping belongs")),
        (
            "spec/template/spec/nodeSelector",
            {"a": None},
            (f"{SPEC}.nodeSelector[a]", "is null; Kubernetes takes text only: write it in quotes"),
        ),
        (
            "spec/template/spec/containers/0/resources",
            {"requests": "1"},
            (f"{SPEC}.containers[0].resources.requests", "is a string, where a mapping belongs"),
        ),
        (
            "spec/template/spec/containers/0/securityContext",
            {"capabilities": {"add": "ALL"}},
            (f"{SPEC}.containers[0].securityContext.capabilities.add", "is a string, where a list belongs"),
        ),
    ],
)
def test_a_malformed_part_is_left_out_and_reported(path: str, value: Any, problem: tuple[str, str]) -> None:
    (made,), problems = pods_of(with_value(workload(), path, value))
    assert Problem(made.ref, *problem) in problems
    assert all(isinstance(label, str) for label in made.labels.values())


def test_what_is_left_out_is_gone_and_the_rest_stays() -> None:
    manifest = with_value(workload(), "spec/template/spec/containers", [None, {"name": "b", "ports": "80"}, "c"])
    manifest["spec"]["template"]["spec"]["nodeSelector"] = {"zone": "a", "rack": 3}
    (made,), problems = pods_of(manifest)
    assert made.spec == {"serviceAccountName": "web", "containers": [{"name": "b"}], "nodeSelector": {"zone": "a"}}
    assert [problem.path for problem in problems] == [
        f"{SPEC}.containers[0]",
        f"{SPEC}.containers[1].ports",
        f"{SPEC}.containers[2]",
        f"{SPEC}.nodeSelector[rack]",
    ]


def test_null_where_nothing_is_needed_counts_as_not_given() -> None:
    manifest = with_value(workload(), "spec/template/spec/nodeSelector", None)
    manifest["spec"]["template"]["spec"]["containers"][0]["resources"] = None
    (made,), problems = pods_of(manifest)
    assert problems == []
    assert made.spec == {"serviceAccountName": "web", "containers": [{"name": "web", "image": "web:1"}]}


def test_parts_that_are_not_known_stay_unknown() -> None:
    (made,), problems = pods_of(with_value(workload(), "spec/template", UNKNOWN))
    assert problems == []
    assert (made.labels, made.annotations, made.spec) == (UNKNOWN_MAPPING, UNKNOWN_MAPPING, UNKNOWN_MAPPING)
    assert made.spec.get("hostNetwork") is UNKNOWN
    (made,), problems = pods_of(with_value(workload(), "spec/template/spec/containers", UNKNOWN))
    assert (made.spec["containers"], problems) == (UNKNOWN, [])


def test_an_unknown_mapping_is_kept_by_a_default() -> None:
    assert (UNKNOWN_MAPPING or {}) is UNKNOWN_MAPPING
    assert (list(UNKNOWN_MAPPING), repr(UNKNOWN_MAPPING)) == ([], "<unknown mapping>")


PLACES = [
    "metadata",
    "metadata/name",
    "metadata/namespace",
    "spec",
    "spec/replicas",
    "spec/template",
    "spec/template/metadata",
    "spec/template/metadata/labels",
    "spec/template/metadata/annotations",
    "spec/template/spec",
    "spec/template/spec/containers",
    "spec/template/spec/initContainers",
    "spec/template/spec/containers/0/resources",
    "spec/template/spec/resources",
    "spec/template/spec/overhead",
    "spec/template/spec/nodeName",
    "spec/template/spec/schedulerName",
    "spec/template/spec/volumes",
    "apiVersion",
    "kind",
]
ANY_VALUE = st.recursive(
    st.sampled_from([None, True, -1, 2, 1.5, float("nan"), "", "x", UNKNOWN]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["name", "requests", "limits", "cpu", "resources", "add", 1, None]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


@given(st.sampled_from(PLACES), ANY_VALUE, st.sampled_from(list(DataPlane)))
def test_nothing_anywhere_raises(path: str, value: Any, data_plane: DataPlane) -> None:
    for made in pods_of(with_value(workload(), path, value)).pods:
        assert place(made, (), data_plane).reason
        assert size(made) is not None
