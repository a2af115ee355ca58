from __future__ import annotations

from typing import Any

from eks_fargate.fargate.placement import DataPlane
from tests.fargate.rules.scenes import WEB_ONLY, case, findings, put, said, web


def _policy(**selector: Any) -> dict[str, Any]:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "deny", "namespace": "shop"},
        "spec": {"podSelector": selector},
    }


_API = put(put(web(), "metadata.name", "api"), "spec.template.metadata.labels.app", "api")
_MIXED: dict[str, Any] = {"data_plane": DataPlane.MIXED, "profiles": (WEB_ONLY,)}

CASES = {
    "network-policy-is-ignored": case(
        [_policy(matchLabels={"app": "api"}), web(), _API],
        [_policy(matchLabels={"app": "web"}), web(), _API],
        "spec.podSelector.matchLabels.app",
        "spec.podSelector.matchLabels",
        "spec.podSelector",
        "metadata.namespace",
        **_MIXED,
    ),
}


def test_a_policy_over_pods_on_fargate_is_a_warning() -> None:
    assert said(findings("network-policy-is-ignored", _policy(), web())) == [
        (
            "warning",
            "spec.podSelector",
            "the policy selects Deployment/shop/web, whose pods are on Fargate, and is not enforced there",
        )
    ]


def test_expressions_select_too() -> None:
    chosen = _policy(matchExpressions=[{"key": "app", "operator": "NotIn", "values": ["web"]}])
    assert findings("network-policy-is-ignored", chosen, web()) == []
    assert len(findings("network-policy-is-ignored", chosen, _API)) == 1


def test_a_policy_of_another_namespace_does_not_matter() -> None:
    assert findings("network-policy-is-ignored", put(_policy(), "metadata.namespace", "other"), web()) == []
