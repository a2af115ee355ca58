from __future__ import annotations

from typing import Any

from eks_fargate.fargate.placement import DataPlane
from tests.fargate.rules.scenes import POD_SPEC, SHOP, WEB_ONLY, case, findings, put, said, web

_REQUIRED = f"{POD_SPEC}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
_EXPRESSION = f"{_REQUIRED}.nodeSelectorTerms[0].matchExpressions[0]"
_KEEPS_OFF = {"key": "eks.amazonaws.com/compute-type", "operator": "NotIn", "values": ["fargate"]}


def _agent(*tolerations: dict[str, Any], keeps_off: bool = False) -> dict[str, Any]:
    """A DaemonSet in namespace agents."""
    made = put(web(tolerations=list(tolerations)), "kind", "DaemonSet")
    del made["spec"]["replicas"]
    made["metadata"]["namespace"] = "agents"
    terms = [{"matchExpressions": [_KEEPS_OFF]}]
    return put(made, f"{_REQUIRED}.nodeSelectorTerms", terms) if keeps_off else made


_EVERYTHING = {"operator": "Exists"}

CASES = {
    "no-daemonset": case([web()], [put(web(), "kind", "DaemonSet")]),
    "daemonset-avoids-fargate-nodes": case(
        [_agent(_EVERYTHING, keeps_off=True)],
        [_agent(_EVERYTHING)],
        f"{POD_SPEC}.tolerations",
        f"{POD_SPEC}.tolerations[0]",
        f"{POD_SPEC}.tolerations[0].key",
        f"{POD_SPEC}.tolerations[0].effect",
        f"{POD_SPEC}.affinity",
        data_plane=DataPlane.MIXED,
    ),
}


def test_a_daemonset_is_refused_where_there_are_no_nodes() -> None:
    (found,) = findings("no-daemonset", put(web(), "kind", "DaemonSet"))
    assert found.path == "kind"
    assert found.message == "it is a DaemonSet, and its pods would land on Fargate, which runs none"
    assert found.event == "Pod not supported on Fargate: DaemonSet not supported"


def test_a_daemonset_that_keeps_off_fargates_nodes_has_no_pods_where_there_are_no_others() -> None:
    agent = _agent(_EVERYTHING, keeps_off=True)
    agent["spec"]["template"]["spec"]["hostNetwork"] = True
    for rule in ("no-daemonset", "no-host-namespaces", "node-selector-is-met"):
        assert findings(rule, agent) == []
    assert len(findings("no-host-namespaces", {**agent, "kind": "Deployment"})) == 1
    assert len(findings("no-daemonset", _agent(_EVERYTHING))) == 1


def test_a_daemonset_in_a_namespace_covered_whole_is_undetermined_in_mixed_mode() -> None:
    found = findings("no-daemonset", put(web(), "kind", "DaemonSet"), data_plane=DataPlane.MIXED, profiles=(SHOP,))
    assert said(found) == [
        (
            "undetermined",
            "spec.template.metadata.labels",
            (
                "a profile covers the DaemonSet's namespace whole, and AWS does not say whether EKS then leaves "
                "DaemonSet pods to the nodes"
            ),
        )
    ]


def test_a_daemonset_that_no_profile_selects_runs_on_the_nodes() -> None:
    assert findings("no-daemonset", _agent(), data_plane=DataPlane.MIXED, profiles=(WEB_ONLY,)) == []


def test_a_daemonset_that_tolerates_fargates_taint_is_told_to_keep_off() -> None:
    taint = {"key": "eks.amazonaws.com/compute-type", "value": "fargate", "effect": "NoSchedule"}
    (found,) = findings("daemonset-avoids-fargate-nodes", _agent(taint), data_plane=DataPlane.MIXED)
    assert found.path == f"{POD_SPEC}.tolerations[0]"
    assert found.message == (
        "the DaemonSet tolerates the taint of Fargate's nodes and does not keep off them: it makes a pod for each that "
        "stays Pending for ever"
    )
    assert found.fix == "Add a required node affinity: eks.amazonaws.com/compute-type NotIn (fargate)."


def test_a_daemonset_that_tolerates_another_taint_needs_no_affinity() -> None:
    for toleration in ({"key": "gpu", "operator": "Exists"}, {"operator": "Exists", "effect": "NoExecute"}):
        assert findings("daemonset-avoids-fargate-nodes", _agent(toleration), data_plane=DataPlane.MIXED) == []


def test_a_node_selector_keeps_a_daemonset_off_too() -> None:
    made = put(_agent(_EVERYTHING), f"{POD_SPEC}.nodeSelector", {"node.kubernetes.io/instance-type": "m7i.large"})
    assert findings("daemonset-avoids-fargate-nodes", made, data_plane=DataPlane.MIXED) == []


def test_where_there_are_no_nodes_there_is_nothing_to_keep_off() -> None:
    assert findings("daemonset-avoids-fargate-nodes", _agent(_EVERYTHING)) == []
