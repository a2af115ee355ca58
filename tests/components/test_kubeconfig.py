from __future__ import annotations

import json

import pulumi

from components.kubeconfig import kubeconfig, kubernetes_provider
from tests.components.mocks import build

TOKEN_ARGS = ["eks", "get-token", "--cluster-name", "shop", "--region", "eu-west-1", "--output", "json"]


def test_the_kubeconfig_asks_the_aws_cli_for_a_token_in_json() -> None:
    assert json.loads(kubeconfig("shop", "https://shop.example", "Q0E=", "eu-west-1")) == {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {"name": "shop", "cluster": {"server": "https://shop.example", "certificate-authority-data": "Q0E="}}
        ],
        "contexts": [{"name": "shop", "context": {"cluster": "shop", "user": "shop"}}],
        "current-context": "shop",
        "users": [
            {
                "name": "shop",
                "user": {
                    "exec": {
                        "apiVersion": "client.authentication.k8s.io/v1beta1",
                        "command": "aws",
                        "args": TOKEN_ARGS,
                    }
                },
            }
        ],
    }


def test_a_config_map_is_changed_in_place() -> None:
    def program() -> None:
        kubernetes_provider("in-cluster", "{}", pulumi.ResourceOptions())

    (provider,) = build(program).resources
    assert provider.inputs["enableConfigMapMutable"] == "true"
