"""no-privileged, no-privilege-escalation and allowed-capabilities: what Fargate refuses in a security context."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.pods import Container
from eks_fargate.fargate.rules.base import Fail, Verdict, each, not_known, read
from eks_fargate.fargate.rules.events import refused
from eks_fargate.fargate.rules.subjects import PodRule, PodSubject, over_containers, unknown_containers
from eks_fargate.fargate.unknown import UNKNOWN


def _never_true(field: str, event_name: str, question: str, fix: str) -> Callable[[PodSubject], Iterator[Verdict]]:
    def check(container: Container) -> Iterator[Verdict]:
        path = f"{container.path}.securityContext.{field}"
        value = read(container.fields, "securityContext", field)
        if value is UNKNOWN:
            yield not_known(path, question)
        elif value is True:
            message = f"container {container.name} sets {field} to true, which Fargate refuses"
            yield Fail(path, message, fix, refused(f"invalid SecurityContext fields: {event_name}"))

    return over_containers(check, question)


no_privileged = PodRule(
    id="no-privileged",
    group="A",
    level=Level.ERROR,
    statement="No container is privileged.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
    check=_never_true(
        "privileged",
        "Privileged",
        "whether a container is privileged",
        "Remove privileged, or run the pod on nodes.",
    ),
)

no_privilege_escalation = PodRule(
    id="no-privilege-escalation",
    group="A",
    level=Level.ERROR,
    statement="No container sets allowPrivilegeEscalation to true; unset is fine.",
    source="https://github.com/kubernetes/ingress-nginx/issues/4888",
    check=_never_true(
        "allowPrivilegeEscalation",
        "AllowPrivilegeEscalation",
        "whether a container allows privilege escalation",
        "Set allowPrivilegeEscalation to false, or leave it out.",
    ),
)

_ADDED = "whether a container adds a capability that Fargate refuses"


def _check_capabilities(subject: PodSubject) -> Iterator[Verdict]:
    yield from unknown_containers(subject, _ADDED)
    allowed = subject.world.facts.table("capabilities")["allowed"]
    for container in subject.containers:
        added = read(container.fields, "securityContext", "capabilities", "add")
        listed = list(each(added, f"{container.path}.securityContext.capabilities.add"))
        wrong = [str(name) for _, name in listed if name is not UNKNOWN and name not in allowed]
        for path, name in listed:
            if name is UNKNOWN:
                yield not_known(path, _ADDED)
            elif name not in allowed:
                message = f"container {container.name} adds capability {name}, which Fargate refuses"
                yield Fail(path, message, _fix(str(name), allowed), refused(f"Capabilities added: {', '.join(wrong)}"))


def _fix(name: str, allowed: list[str]) -> str:
    plain = name.upper().removeprefix("CAP_")
    if plain in allowed:
        return f"Write {plain}: Fargate compares the name letter by letter."
    return f"Remove it, or run the pod on nodes. Fargate accepts {', '.join(allowed)}."


allowed_capabilities = PodRule(
    id="allowed-capabilities",
    group="A",
    level=Level.ERROR,
    statement=(
        "Added capabilities are among AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, "
        "NET_RAW, SETFCAP, SETGID, SETPCAP, SETUID and SYS_CHROOT, spelled so."
    ),
    source="https://github.com/aws/containers-roadmap/issues/2162",
    check=_check_capabilities,
)
