"""An Ingress for an application whose pods run on Fargate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pulumi
import pulumi_kubernetes as kubernetes


@dataclass(frozen=True, slots=True)
class ApplicationIngressArgs:
    """Arguments of `ApplicationIngress`.

    namespace: of the Ingress and its Service. service, port: name and port of the Service that gets the requests.
    scheme: `internet-facing` or `internal`. hosts: names that are served; omitted: any.
    path: prefix that is served. certificate_arn: of the certificate for HTTPS, to which HTTP is then redirected;
    omitted: HTTP alone. health_check_path: what a target answers with 200. group: Ingresses of one group share a load
    balancer, so only within one trust boundary; omitted: one of its own.
    annotations: further ones of the controller, under their whole names. Omitted: none.
    """

    namespace: pulumi.Input[str]
    service: pulumi.Input[str]
    port: int
    scheme: Literal["internet-facing", "internal"] = "internal"
    hosts: Sequence[str] = ()
    path: str = "/"
    certificate_arn: pulumi.Input[str] | None = None
    health_check_path: str = "/"
    group: str | None = None
    annotations: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)


_PREFIX = "alb.ingress.kubernetes.io"


def ingress_annotations(args: ApplicationIngressArgs) -> dict[str, pulumi.Input[str]]:
    """The Ingress's annotations. Source:
    https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
    """
    listen = '[{"HTTP": 80}]' if args.certificate_arn is None else '[{"HTTP": 80}, {"HTTPS": 443}]'
    said: dict[str, pulumi.Input[str]] = {
        f"{_PREFIX}/scheme": args.scheme,
        f"{_PREFIX}/target-type": "ip",
        f"{_PREFIX}/listen-ports": listen,
        f"{_PREFIX}/healthcheck-path": args.health_check_path,
    }
    if args.certificate_arn is not None:
        said[f"{_PREFIX}/certificate-arn"] = args.certificate_arn
        said[f"{_PREFIX}/ssl-redirect"] = "443"
    if args.group is not None:
        said[f"{_PREFIX}/group.name"] = args.group
    return {**said, **args.annotations}


def _hostname(status: Any) -> str:
    """The load balancer's name, empty as long as there is none."""
    ingress = status.load_balancer.ingress if status and status.load_balancer else None
    return str(ingress[0].hostname or "") if ingress else ""


class ApplicationIngress(pulumi.ComponentResource):
    """An Ingress of class `alb` with ip targets.

    ingress: the resource. hostname: output, the load balancer's name, empty as long as it has none.
    """

    ingress: kubernetes.networking.v1.Ingress
    hostname: pulumi.Output[str]

    def __init__(self, name: str, args: ApplicationIngressArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("eks-fargate:index:ApplicationIngress", name, {}, opts)
        networking = kubernetes.networking.v1
        backend = networking.IngressBackendArgs(
            service=networking.IngressServiceBackendArgs(
                name=args.service, port=networking.ServiceBackendPortArgs(number=args.port)
            )
        )
        http = networking.HTTPIngressRuleValueArgs(
            paths=[networking.HTTPIngressPathArgs(path=args.path, path_type="Prefix", backend=backend)]
        )
        self.ingress = networking.Ingress(
            f"{name}-ingress",
            metadata=kubernetes.meta.v1.ObjectMetaArgs(
                name=name, namespace=args.namespace, annotations=ingress_annotations(args)
            ),
            spec=networking.IngressSpecArgs(
                ingress_class_name="alb",
                rules=[networking.IngressRuleArgs(host=host, http=http) for host in args.hosts or (None,)],
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.hostname = self.ingress.status.apply(_hostname)
        self.register_outputs({"hostname": self.hostname})
