"""How a cluster is reached: its kubeconfig, and the provider that deploys into it."""

from __future__ import annotations

import json

import pulumi
import pulumi_kubernetes as kubernetes


def kubeconfig(cluster_name: str, endpoint: str, certificate_authority: str, region: str) -> str:
    """A kubeconfig, as JSON text, that asks `aws eks get-token` for credentials.

    certificate_authority: base64, as EKS gives it. Source:
    https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
    """
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {
                    "name": cluster_name,
                    "cluster": {"server": endpoint, "certificate-authority-data": certificate_authority},
                }
            ],
            "contexts": [{"name": cluster_name, "context": {"cluster": cluster_name, "user": cluster_name}}],
            "current-context": cluster_name,
            "users": [
                {
                    "name": cluster_name,
                    "user": {
                        "exec": {
                            "apiVersion": "client.authentication.k8s.io/v1beta1",
                            "command": "aws",
                            "args": [
                                "eks",
                                "get-token",
                                "--cluster-name",
                                cluster_name,
                                "--region",
                                region,
                                # Otherwise a person's own AWS_DEFAULT_OUTPUT makes it something else than JSON.
                                "--output",
                                "json",
                            ],
                        }
                    },
                }
            ],
        }
    )


def kubernetes_provider(name: str, config: pulumi.Input[str], opts: pulumi.ResourceOptions) -> kubernetes.Provider:
    """What deploys into a cluster. config: its kubeconfig."""
    # Otherwise a change of the logging ConfigMap removes it first, and pods that start meanwhile never log.
    # https://github.com/pulumi/pulumi-kubernetes/issues/1567
    return kubernetes.Provider(name, kubeconfig=config, enable_config_map_mutable=True, opts=opts)
