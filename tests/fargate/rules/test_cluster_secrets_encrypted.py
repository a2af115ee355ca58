from __future__ import annotations

from eks_fargate.fargate.rules.base import Fail, not_known
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.compliant import changed, on_plan, plan, resource, stack_of

RULE = "cluster-secrets-encrypted"
MESSAGE = (
    "no customer-managed key encrypts secrets; from Kubernetes 1.28 on EKS encrypts all API data with a key of its own"
)
FIX = "Name a KMS key, where the right to decrypt is to be yours to give. It cannot be taken away again."


def test_a_key_that_is_not_known_yet_is_a_key() -> None:
    assert on_plan(RULE, stack_of(plan())) == []
    component = resource("eks", "eks:index:Cluster", {"encryptionConfigKeyArn": UNKNOWN})
    assert on_plan(RULE, stack_of({"eks": component})) == []


def test_no_key_fails() -> None:
    resources = changed("cluster", encryptionConfig=None)
    assert on_plan(RULE, stack_of(resources)) == [("cluster", Fail("encryptionConfig", MESSAGE, FIX))]
    component = resource("eks", "eks:index:Cluster", {})
    assert on_plan(RULE, stack_of({"eks": component})) == [("eks", Fail("encryptionConfigKeyArn", MESSAGE, FIX))]


def test_a_configuration_not_known_leaves_it_undetermined() -> None:
    resources = changed("cluster", encryptionConfig=UNKNOWN)
    expected = not_known("encryptionConfig", "whether a customer-managed key encrypts secrets")
    assert on_plan(RULE, stack_of(resources)) == [("cluster", expected)]
