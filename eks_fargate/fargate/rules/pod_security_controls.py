"""The controls of the Pod Security Standards, each a function under the control's own name.

Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.rules.base import each, read
from eks_fargate.fargate.rules.pod_security_view import Found, View, is_since, listed, must
from eks_fargate.fargate.unknown import UNKNOWN
from eks_fargate.fargate.world import World

_PROFILES = ("RuntimeDefault", "Localhost")
_DOCKER = "docker/default"  # allowed for seccomp, which had it before runtime/default
_APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"
_SECCOMP = ("seccomp.security.alpha.kubernetes.io/pod", "container.seccomp.security.alpha.kubernetes.io/")


def _added_up(world: World, name: str) -> frozenset[str]:
    """A list of the table, with all that versions up to the cluster's have added."""
    by_version = world.facts.table("pod_security")[name].items()
    return frozenset(entry for version, added in by_version if is_since(world, version) for entry in added)


def _se_linux_types(world: World) -> frozenset[str]:
    return _added_up(world, "seLinuxTypes") | {""}


def _safe_sysctls(world: World) -> frozenset[str]:
    return _added_up(world, "sysctls")


def _never(value: object) -> bool:
    return value in (False, "", 0)


def app_armor_profile(view: View) -> Iterator[Found]:
    """Annotations and fields name the runtime's default profile or one on the node."""
    annotations = view.subject.pod.annotations
    path = view.subject.at_annotations()
    if annotations is UNKNOWN_MAPPING:
        yield Found(path, None)
    named = ((f"{path}.{key}", annotations[key]) for key in sorted(annotations) if key.startswith(_APP_ARMOR))
    yield from must(named, lambda value: value != _DOCKER and _is_default_or_local(value), "the AppArmor profile is {}")
    fields = view.in_pod_and_containers("appArmorProfile", "type")
    yield from must(fields, lambda value: value in _PROFILES, "the AppArmor profile is {}")


def _is_default_or_local(value: Any) -> bool:
    return value in ("", "runtime/default", _DOCKER) or str(value).startswith("localhost/")


def capabilities_baseline(view: View) -> Iterator[Found]:
    """Added capabilities are few."""
    added = listed(view.in_containers("securityContext", "capabilities", "add"))
    yield from must(added, lambda name: name in view.table["baselineCapabilities"], "capability {} is added")


def capabilities_restricted(view: View) -> Iterator[Found]:
    """Every container drops ALL and adds NET_BIND_SERVICE at most."""
    for path, dropped in view.in_every_container("securityContext", "capabilities", "drop"):
        names = [name for _, name in each(dropped, path)]
        if "ALL" not in names:
            yield Found(path, None if UNKNOWN in names else "capabilities are not all dropped (ALL)")
    added = listed(view.in_containers("securityContext", "capabilities", "add"))
    yield from must(added, lambda name: name in view.table["restrictedCapabilities"], "capability {} is added")


def host_namespaces(view: View) -> Iterator[Found]:
    """The pod shares no namespace of its host."""
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        yield from must(iter((view.in_pod(field),)), _never, f"{field} is on")


def host_path_volumes(view: View) -> Iterator[Found]:
    """No volume is a path of the host."""
    volumes = listed(iter((view.in_pod("volumes"),)), "hostPath")
    yield from must(volumes, lambda _: False, "the volume is a hostPath")


def host_ports(view: View) -> Iterator[Found]:
    """No container takes a port of its host."""
    yield from must(listed(view.in_containers("ports"), "hostPort"), _never, "hostPort {} is taken")


def host_probes_and_host_lifecycle(view: View) -> Iterator[Found]:
    """No probe and no lifecycle hook names a host."""
    handlers = [(probe,) for probe in ("livenessProbe", "readinessProbe", "startupProbe")]
    hooks = [("lifecycle", hook) for hook in ("postStart", "preStop")]
    for keys in (*handlers, *hooks):
        for action in ("httpGet", "tcpSocket"):
            yield from must(view.in_containers(*keys, action, "host"), _never, "it names a host")


def privileged(view: View) -> Iterator[Found]:
    """No container is privileged."""
    yield from must(view.in_containers("securityContext", "privileged"), _never, "the container is privileged")


def proc_mount(view: View) -> Iterator[Found]:
    """/proc is masked, unless the pod has a user namespace of its own."""
    path, host_users = view.in_pod("hostUsers")
    found = list(proc_mount_restricted(view))
    if not view.since(view.table["procMountRelaxedByUserNamespacesSince"]):
        yield from found
    elif host_users is UNKNOWN:
        yield from [Found(path, None)] if found else []
    elif host_users is not False:
        yield from found


def proc_mount_restricted(view: View) -> Iterator[Found]:
    """/proc is masked."""
    mounts = view.in_containers("securityContext", "procMount")
    yield from must(mounts, lambda value: value in ("", "Default"), "procMount is {}")


def se_linux_options(view: View) -> Iterator[Found]:
    """The SELinux type is one for containers; user and role are not set."""
    types = view.subject.world.once(_se_linux_types)
    type_fields = view.in_pod_and_containers("seLinuxOptions", "type")
    yield from must(type_fields, lambda value: value in types, "the SELinux type is {}")
    for field in ("user", "role"):
        yield from must(view.in_pod_and_containers("seLinuxOptions", field), _never, f"the SELinux {field} is set")


def seccomp_profile_baseline(view: View) -> Iterator[Found]:
    """Seccomp is not turned off: by annotation in old versions, by field since."""
    if view.since(view.table["seccompFieldsSince"]):
        fields = view.in_pod_and_containers("seccompProfile", "type")
        yield from must(fields, lambda value: value in _PROFILES, "the seccomp profile is {}")
        return
    annotations = view.subject.pod.annotations
    path = view.subject.at_annotations()
    if annotations is UNKNOWN_MAPPING:
        yield Found(path, None)
    named = ((f"{path}.{key}", annotations[key]) for key in sorted(annotations) if key.startswith(_SECCOMP))
    yield from must(named, _is_default_or_local, "the seccomp profile is {}")


def sysctls(view: View) -> Iterator[Found]:
    """Kernel parameters are those that a pod has to itself."""
    safe = view.subject.world.once(_safe_sysctls)
    names = listed(iter((view.in_pod("securityContext", "sysctls"),)), "name")
    yield from must(names, lambda name: name in safe, "sysctl {} is set")


def windows_host_process(view: View) -> Iterator[Found]:
    """No container runs as a process of a Windows host."""
    fields = view.in_pod_and_containers("windowsOptions", "hostProcess")
    yield from must(fields, _never, "hostProcess is on")


def allow_privilege_escalation(view: View) -> Iterator[Found]:
    """Every container says that it does not escalate."""
    for path, value in view.in_every_container("securityContext", "allowPrivilegeEscalation"):
        if value is not False:
            yield Found(path, None if value is UNKNOWN else "allowPrivilegeEscalation is not set to false")


def restricted_volumes(view: View) -> Iterator[Found]:
    """Volumes are of types that hold nothing of the host."""
    for path, volume in each(read(view.subject.pod.spec, "volumes"), view.subject.at("volumes")):
        if volume is UNKNOWN:
            yield Found(path, None)
        elif isinstance(volume, Mapping):
            kinds = sorted(key for key, value in volume.items() if key != "name" and value is not None)
            for kind in kinds:
                if kind not in view.table["restrictedVolumes"]:
                    yield Found(f"{path}.{kind}", f"the volume is a {kind}")


def run_as_non_root(view: View) -> Iterator[Found]:
    """The pod, or every container, says that it does not run as root."""
    yield from _set_everywhere(view, ("runAsNonRoot",), lambda value: value is True, "runAsNonRoot is not true")


def run_as_user(view: View) -> Iterator[Found]:
    """Nothing names user 0."""
    yield from must(view.in_pod_and_containers("runAsUser"), lambda value: value != 0, "runAsUser is {}")


def seccomp_profile_restricted(view: View) -> Iterator[Found]:
    """The pod, or every container, names a seccomp profile."""
    keys = ("seccompProfile", "type")
    text = "the seccomp profile is neither RuntimeDefault nor Localhost"
    yield from _set_everywhere(view, keys, lambda value: value in _PROFILES, text)


def _set_everywhere(view: View, keys: tuple[str, ...], is_allowed: Callable[[Any], bool], text: str) -> Iterator[Found]:
    """The places where a field is set wrongly, or is set neither by the container nor by the pod."""
    pod_path, by_pod = view.in_pod("securityContext", *keys)
    if by_pod is not None and by_pod is not UNKNOWN and not is_allowed(by_pod):
        yield Found(pod_path, text)
    for path, value in view.in_every_container("securityContext", *keys):
        if value is UNKNOWN:
            yield Found(path, None)
        elif value is not None:
            if not is_allowed(value):
                yield Found(path, text)
        elif by_pod is not UNKNOWN and (by_pod is None or not is_allowed(by_pod)):
            yield Found(path, text)
    if by_pod is UNKNOWN:
        yield Found(pod_path, None)


CONTROLS: Mapping[str, Callable[[View], Iterator[Found]]] = {
    "allowPrivilegeEscalation": allow_privilege_escalation,
    "appArmorProfile": app_armor_profile,
    "capabilities_baseline": capabilities_baseline,
    "capabilities_restricted": capabilities_restricted,
    "hostNamespaces": host_namespaces,
    "hostPathVolumes": host_path_volumes,
    "hostPorts": host_ports,
    "hostProbesAndHostLifecycle": host_probes_and_host_lifecycle,
    "privileged": privileged,
    "procMount": proc_mount,
    "procMount_restricted": proc_mount_restricted,
    "restrictedVolumes": restricted_volumes,
    "runAsNonRoot": run_as_non_root,
    "runAsUser": run_as_user,
    "seLinuxOptions": se_linux_options,
    "seccompProfile_baseline": seccomp_profile_baseline,
    "seccompProfile_restricted": seccomp_profile_restricted,
    "sysctls": sysctls,
    "windowsHostProcess": windows_host_process,
}
