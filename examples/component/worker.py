"""A component of a team's own: pods on Fargate that work off a queue under an IAM role of theirs."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_kubernetes as kubernetes


@dataclass(frozen=True, slots=True)
class WorkerArgs:
    """Arguments of `Worker`.

    namespace: that a Fargate profile takes. image: with a tag or digest. role_arn: the IAM role of the pods (IRSA).
    """

    namespace: str
    image: pulumi.Input[str]
    role_arn: pulumi.Input[str]


class Worker(pulumi.ComponentResource):
    """A Deployment and its service account, both of the component's name."""

    def __init__(self, name: str, args: WorkerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("example:index:Worker", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        account = kubernetes.core.v1.ServiceAccount(
            name,
            metadata={
                "name": name,
                "namespace": args.namespace,
                "annotations": {"eks.amazonaws.com/role-arn": args.role_arn},
            },
            opts=child,
        )
        size = {"cpu": "500m", "memory": "1Gi"}
        container: kubernetes.core.v1.ContainerArgsDict = {
            "name": name,
            "image": args.image,
            "resources": {"requests": size, "limits": size},
            "liveness_probe": {"exec_": {"command": ["/worker", "alive"]}},
            "readiness_probe": {"exec_": {"command": ["/worker", "ready"]}},
            "security_context": {
                "allow_privilege_escalation": False,
                "capabilities": {"drop": ["ALL"]},
                "run_as_non_root": True,
            },
        }
        labels = {"app": name}
        kubernetes.apps.v1.Deployment(
            name,
            metadata={"name": name, "namespace": args.namespace},
            spec={
                "replicas": 2,
                "selector": {"match_labels": labels},
                "template": {
                    "metadata": {"labels": labels},
                    "spec": {"service_account_name": account.metadata["name"], "containers": [container]},
                },
            },
            opts=child,
        )
        self.register_outputs({})
