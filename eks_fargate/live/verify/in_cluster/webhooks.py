"""The admission webhooks: one that must answer, and has nobody behind it, stops what it is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from eks_fargate.live.checks import Check, State, not_checked, ok
from eks_fargate.live.failures import Failure
from eks_fargate.live.verify.in_cluster.inside import Inside

_AREA: Final = "webhooks"
_CONFIGURATIONS: Final = "/apis/admissionregistration.k8s.io/v1/{}webhookconfigurations"
_SLICES: Final = "/apis/discovery.k8s.io/v1/endpointslices"


def webhooks(inside: Inside) -> list[Check]:
    """The Services behind all webhooks whose failure policy is Fail, each with how many endpoints are ready."""
    checks: list[Check] = []
    services: set[tuple[str, str]] = set()
    for kind in ("validating", "mutating"):
        configurations = inside.api.list(_CONFIGURATIONS.format(kind))
        if isinstance(configurations, Failure):
            checks.append(not_checked(_AREA, f"{kind} webhooks", configurations))
            continue
        for hook in (hook for one in configurations for hook in one.get("webhooks") or []):
            service = hook.get("clientConfig", {}).get("service")
            if service and hook.get("failurePolicy", "Fail") == "Fail":
                services.add((str(service["namespace"]), str(service["name"])))
    return [*checks, *_endpoints(services, inside)]


def _endpoints(services: set[tuple[str, str]], inside: Inside) -> Iterator[Check]:
    if not services:
        return
    slices = inside.api.list(_SLICES)
    for namespace, name in sorted(services):
        subject = f"{namespace}/{name}"
        if isinstance(slices, Failure):
            yield not_checked(_AREA, subject, slices)
            continue
        ready = sum(
            endpoint.get("conditions", {}).get("ready", True) is not False
            for one in slices
            if one["metadata"].get("namespace") == namespace
            and (one["metadata"].get("labels") or {}).get("kubernetes.io/service-name") == name
            for endpoint in one.get("endpoints") or []
        )
        if ready:
            yield ok(_AREA, subject, "ready endpoints", str(ready))
        else:
            why = "no endpoints are ready, so that the API server refuses what this webhook must see"
            fix = "make the pods behind it ready; until then what it watches can be neither made nor changed"
            yield Check(_AREA, subject, State.PROBLEM, "ready endpoints", "0", why, fix)
