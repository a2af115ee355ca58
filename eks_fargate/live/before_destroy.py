"""What a `pulumi destroy` would leave behind, and what would stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from eks_fargate.fargate.findings import Level
from eks_fargate.live.account import Account, at_once
from eks_fargate.live.answers import listed
from eks_fargate.live.checks import Check, Report, State, in_words, not_checked, ok, sorted_checks
from eks_fargate.live.demand import Demand, text
from eks_fargate.live.failures import Failure
from eks_fargate.live.kubernetes_api import KubernetesApi
from eks_fargate.live.preflight.identity import identity
from eks_fargate.live.verify.found import found, of_vpc
from eks_fargate.live.verify.run import inside_of

_LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
# Tags that controllers inside a cluster put on what they make of AWS; the second takes the cluster's name in its key.
# Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
_CLUSTER_TAG: Final = "elbv2.k8s.aws/cluster"
_OWNED_TAG: Final = "kubernetes.io/cluster/{}"
# Interfaces of the plan's own NAT gateways and endpoints, and those that EKS itself takes away.
_OWN_INTERFACES: Final = ("nat_gateway", "vpc_endpoint", "gateway_load_balancer_endpoint")
_EKS_INTERFACE: Final = "Amazon EKS "
# What Kubernetes objects of these kinds have outside the cluster, by list path.
_EXPOSING: Final = {
    "Ingress": "/apis/networking.k8s.io/v1/ingresses",
    "Service": "/api/v1/services",
}


def before_destroy(account: Account, demand: Demand, now: datetime) -> Report:
    """What would leak or block. now: in UTC. Raises LiveError where the credentials are refused as such."""
    identity(account, demand)
    looks: list[Callable[[], Iterator[Check]]] = [
        partial(_protected, account, demand),
        partial(_exposed, account, demand, now),
        partial(_made_by_controllers, account, demand),
        partial(_interfaces, account, demand),
        partial(_log_groups, account, demand),
    ]
    checks = sorted_checks(check for checks in at_once([partial(_list, look) for look in looks]) for check in checks)
    return Report(f"before destroying {demand.plan.stack} in {demand.region}", checks, account.calls)


def _list(look: Callable[[], Iterator[Check]]) -> list[Check]:
    return list(look())


def _protected(account: Account, demand: Demand) -> Iterator[Check]:
    area = "protection"
    protected = sorted(one.name for one in demand.stack.resources if one.options.get("protect") is True)
    if protected:
        why, fix = "Pulumi refuses to delete what is protected", "pulumi state unprotect, or take the option out"
        yield Check(area, "protect", State.PROBLEM, actual=in_words(protected), why=why, fix=fix)
    cluster = found(account, demand).cluster
    if isinstance(cluster, Failure):
        yield not_checked(area, "deletion protection", cluster)
    elif cluster.get("deletionProtection"):
        why, fix = "EKS refuses to delete the cluster", "set deletionProtection off, and run `pulumi up` first"
        yield Check(area, "deletion protection", State.PROBLEM, actual="on", why=why, fix=fix)
    else:
        yield ok(area, "deletion protection", actual="off")


def _exposed(account: Account, demand: Demand, now: datetime) -> Iterator[Check]:
    """Ingresses and Services whose load balancers only a living controller takes away."""
    area = "Kubernetes objects"
    inside = inside_of(account, demand, now)
    if isinstance(inside, Failure):
        yield not_checked(area, str(demand.cluster_name), inside)
        return
    for kind, path in _EXPOSING.items():
        yield from _of_kind(area, kind, path, inside.api)


def _of_kind(area: str, kind: str, path: str, api: KubernetesApi) -> Iterator[Check]:
    objects = api.list(path)
    if isinstance(objects, Failure):
        yield not_checked(area, kind, objects)
        return
    exposing = [one for one in objects if kind == "Ingress" or one.get("spec", {}).get("type") == "LoadBalancer"]
    for one in exposing:
        metadata = one["metadata"]
        finalizers = in_words(sorted(metadata.get("finalizers") or []))
        why = f"its load balancer goes with it, while the controller still runs; finalizers: {finalizers}"
        fix = f"kubectl delete {kind.lower()} -n {metadata['namespace']} {metadata['name']}, and wait until it is gone"
        yield Check(area, f"{kind}/{metadata['namespace']}/{metadata['name']}", State.PROBLEM, why=why, fix=fix)
    if not exposing:
        yield ok(area, kind, actual="none that has a load balancer")


def _made_by_controllers(account: Account, demand: Demand) -> Iterator[Check]:
    """Load balancers, target groups, security groups and volumes with the cluster's tag."""
    area, name = "made from inside the cluster", str(demand.cluster_name)
    filters: list[Mapping[str, Any]] = [
        {"Key": _CLUSTER_TAG, "Values": [name]},
        {"Key": _OWNED_TAG.format(name), "Values": ["owned"]},
    ]
    arns: set[str] = set()
    for tag in filters:
        answer = account.ask("resourcegroupstaggingapi", "GetResources", TagFilters=[tag])
        if isinstance(answer, Failure):
            yield not_checked(area, f"what has tag {tag['Key']}", answer)
        else:
            arns |= {
                str(one["ResourceARN"])
                for one in answer.get("ResourceTagMappingList", [])
                if not any(each["Key"] == "aws:eks:cluster-name" for each in one.get("Tags", []))
            }
    for arn in sorted(arns):
        why = "no resource of the plan: a controller inside the cluster made it, and only that takes it away"
        fix = "delete the Ingress, Service or claim that it belongs to; if that is gone, delete it by hand"
        yield Check(area, arn, State.PROBLEM, why=why, fix=fix)
    if not arns:
        yield ok(area, name, actual="nothing found")


def _interfaces(account: Account, demand: Demand) -> Iterator[Check]:
    area = "network interfaces"
    vpc_id = found(account, demand).vpc_id
    answer = of_vpc(account, "DescribeNetworkInterfaces", vpc_id)
    if isinstance(answer, Failure):
        yield not_checked(area, "network interfaces of the VPC", answer)
        return
    foreign = [one for one in listed(answer, "NetworkInterfaces") if not _is_own(one)]
    for one in foreign:
        status = str(one.get("Status", ""))
        why = "subnets, security groups and the VPC cannot be deleted while it is there"
        fix = "delete it" if status == "available" else f"delete what it belongs to ({_kind(one)})"
        yield Check(area, str(one["NetworkInterfaceId"]), State.PROBLEM, actual=status, why=why, fix=fix)
    if not foreign:
        yield ok(area, str(vpc_id), actual="none but those that go with the plan")


def _is_own(interface: Mapping[str, Any]) -> bool:
    """Whether it goes away with the plan's NAT gateways and endpoints, with the cluster, or with its pods and nodes."""
    if interface.get("Status") == "available":
        return False
    description = str(interface.get("Description", ""))
    fargate = description.startswith("eks-fargate") or "fargate" in str(interface.get("RequesterId", "")).lower()
    nodes = any(tag["Key"].startswith(("node.k8s.amazonaws.com/", "eks:")) for tag in interface.get("TagSet", []))
    types = interface.get("InterfaceType") in _OWN_INTERFACES
    return types or fargate or nodes or description.startswith((_EKS_INTERFACE, "Interface for NAT Gateway"))


def _kind(interface: Mapping[str, Any]) -> str:
    return str(interface.get("Attachment", {}).get("InstanceId") or interface.get("InterfaceType", "interface"))


def _log_groups(account: Account, demand: Demand) -> Iterator[Check]:
    area, prefix = "log groups", f"/aws/eks/{demand.cluster_name}/"
    planned = {text(one.inputs.get("name")) for one in demand.stack.of_type(_LOG_GROUP)}
    answer = account.ask("logs", "DescribeLogGroups", logGroupNamePrefix=prefix)
    if isinstance(answer, Failure):
        yield not_checked(area, prefix, answer, Level.WARNING)
        return
    left = sorted({str(one["logGroupName"]) for one in answer.get("logGroups", [])} - planned)
    for name in left:
        why, fix = (
            "it is not in the plan, and stays, with what it costs",
            f"aws logs delete-log-group --log-group-name {name}",
        )
        yield Check(area, name, State.PROBLEM, why=why, fix=fix, level=Level.WARNING)
    if not left:
        yield ok(area, prefix, actual="none but the planned ones")
