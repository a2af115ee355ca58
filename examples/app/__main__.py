"""nginx on Fargate, behind an Application Load Balancer: what an application team runs on the platform's cluster."""

import sys
from pathlib import Path

import pulumi
import pulumi_kubernetes as kubernetes

# The components are no part of the installed package. An application with a repository of its own keeps a copy of
# components/application_ingress.py, which needs pulumi and pulumi-kubernetes alone, and leaves out the next line.
sys.path.append(str(Path(__file__).parents[2]))
from components.application_ingress import ApplicationIngress, ApplicationIngressArgs

platform = pulumi.StackReference(pulumi.Config().require("platform"))
cluster = kubernetes.Provider("cluster", kubeconfig=platform.require_output("kubeconfig"))
inside = pulumi.ResourceOptions(provider=cluster)

namespace = kubernetes.core.v1.Namespace("namespace", metadata={"name": "eks-fargate"}, opts=inside)
# The platform's profile takes pods of this namespace by the label.
labels = {"app": "nginx", "environment": "fargate"}
about = kubernetes.meta.v1.ObjectMetaArgs(name="nginx", namespace=namespace.metadata["name"], labels=labels)

probe: kubernetes.core.v1.ProbeArgsDict = {"http_get": {"path": "/", "port": "http"}}
size = {"cpu": "250m", "memory": "256Mi"}
nginx: kubernetes.core.v1.ContainerArgsDict = {
    "name": "nginx",
    # Listens on 8080 and needs no root: https://github.com/nginx/docker-nginx-unprivileged
    "image": "public.ecr.aws/nginx/nginx-unprivileged:1.28.0-alpine",
    "ports": [{"name": "http", "container_port": 8080}],
    "resources": {"requests": size, "limits": size},
    "readiness_probe": probe,
    "liveness_probe": probe,
    "security_context": {"allow_privilege_escalation": False, "capabilities": {"drop": ["ALL"]}},
}
pod: kubernetes.core.v1.PodSpecArgsDict = {
    "automount_service_account_token": False,
    "security_context": {"run_as_non_root": True, "seccomp_profile": {"type": "RuntimeDefault"}},
    "containers": [nginx],
}
kubernetes.apps.v1.Deployment(
    "nginx",
    metadata=about,
    spec={
        "replicas": 2,
        "selector": {"match_labels": {"app": "nginx"}},
        "template": {"metadata": {"labels": labels}, "spec": pod},
    },
    opts=inside,
)
service = kubernetes.core.v1.Service(
    "nginx",
    metadata=about,
    spec={"selector": {"app": "nginx"}, "ports": [{"port": 80, "target_port": "http"}]},
    opts=inside,
)
ingress = ApplicationIngress(
    "nginx",
    ApplicationIngressArgs(
        namespace=service.metadata["namespace"], service=service.metadata["name"], port=80, scheme="internet-facing"
    ),
    pulumi.ResourceOptions(providers=[cluster]),
)
pulumi.export("hostname", ingress.hostname)
