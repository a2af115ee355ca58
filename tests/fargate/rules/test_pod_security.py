"""Every control of the Pod Security Standards, from a pod that meets the level restricted."""

from __future__ import annotations

from typing import Any

import pytest

from eks_fargate.fargate.facts import DEFAULT_FACTS
from eks_fargate.fargate.rules.pod_security_controls import CONTROLS
from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import CONTAINER, POD_SPEC, case, findings, put, web

_CONTEXT = f"{CONTAINER}.securityContext"
_POD_CONTEXT = f"{POD_SPEC}.securityContext"
_ANNOTATIONS = "spec.template.metadata.annotations"

CASES = {
    "pod-security": case(
        [web()],
        [put(web(), f"{_CONTEXT}.privileged", value=True)],
        f"{_CONTEXT}.privileged",
        f"{POD_SPEC}.containers",
        POD_SPEC,
        pod_security="baseline",
    ),
}


def _found(path: str, value: Any, level: str, version: tuple[int, int] = (1, 36)) -> list[tuple[str, str]]:
    """The path and message of what a level does not allow, with one value changed."""
    made = findings("pod-security", put(web(), path, value), pod_security=level, kubernetes_version=version)
    assert all(one.level.value == "error" for one in made)
    return [(one.path.replace('"', ""), one.message) for one in made]


def _says(text: str, control: str, level: str) -> str:
    return f"{text}, which control {control} (Pod Security Standards, {level}) does not allow"


BASELINE = [
    (f"{_CONTEXT}.appArmorProfile.type", "Unconfined", "appArmorProfile", "the AppArmor profile is Unconfined"),
    (f"{_POD_CONTEXT}.appArmorProfile.type", "Unconfined", "appArmorProfile", "the AppArmor profile is Unconfined"),
    (
        f'{_ANNOTATIONS}."container.apparmor.security.beta.kubernetes.io/web"',
        "unconfined",
        "appArmorProfile",
        "the AppArmor profile is unconfined",
    ),
    (f"{_CONTEXT}.capabilities.add[0]", "NET_RAW", "capabilities_baseline", "capability NET_RAW is added"),
    (f"{POD_SPEC}.hostNetwork", True, "hostNamespaces", "hostNetwork is on"),
    (f"{POD_SPEC}.hostPID", True, "hostNamespaces", "hostPID is on"),
    (f"{POD_SPEC}.hostIPC", True, "hostNamespaces", "hostIPC is on"),
    (f"{POD_SPEC}.volumes[0].hostPath", {"path": "/"}, "hostPathVolumes", "the volume is a hostPath"),
    (f"{CONTAINER}.ports[0].hostPort", 80, "hostPorts", "hostPort 80 is taken"),
    (f"{CONTAINER}.readinessProbe.httpGet.host", "10.0.0.1", "hostProbesAndHostLifecycle", "it names a host"),
    (f"{CONTAINER}.lifecycle.preStop.tcpSocket.host", "x", "hostProbesAndHostLifecycle", "it names a host"),
    (f"{_CONTEXT}.privileged", True, "privileged", "the container is privileged"),
    (f"{_CONTEXT}.procMount", "Unmasked", "procMount", "procMount is Unmasked"),
    (f"{_CONTEXT}.seLinuxOptions.type", "spc_t", "seLinuxOptions", "the SELinux type is spc_t"),
    (f"{_POD_CONTEXT}.seLinuxOptions.role", "system_r", "seLinuxOptions", "the SELinux role is set"),
    (f"{_CONTEXT}.seLinuxOptions.user", "system_u", "seLinuxOptions", "the SELinux user is set"),
    (
        f"{_CONTEXT}.seccompProfile.type",
        "Unconfined",
        "seccompProfile_baseline",
        "the seccomp profile is Unconfined",
    ),
    (f"{_POD_CONTEXT}.sysctls[0].name", "kernel.msgmax", "sysctls", "sysctl kernel.msgmax is set"),
    (f"{_CONTEXT}.windowsOptions.hostProcess", True, "windowsHostProcess", "hostProcess is on"),
]

RESTRICTED = [
    (
        f"{_CONTEXT}.allowPrivilegeEscalation",
        None,
        "allowPrivilegeEscalation",
        "allowPrivilegeEscalation is not set to false",
    ),
    (f"{_CONTEXT}.capabilities.drop", ["KILL"], "capabilities_restricted", "capabilities are not all dropped (ALL)"),
    (f"{_CONTEXT}.capabilities.add[0]", "CHOWN", "capabilities_restricted", "capability CHOWN is added"),
    (f"{_CONTEXT}.procMount", "Unmasked", "procMount_restricted", "procMount is Unmasked"),
    (f"{POD_SPEC}.volumes[0].nfs", {"server": "x"}, "restrictedVolumes", "the volume is a nfs"),
    (f"{POD_SPEC}.volumes[0].hostPath", {"path": "/"}, "restrictedVolumes", "the volume is a hostPath"),
    (f"{_CONTEXT}.runAsNonRoot", None, "runAsNonRoot", "runAsNonRoot is not true"),
    (f"{_CONTEXT}.runAsUser", 0, "runAsUser", "runAsUser is 0"),
    (f"{_POD_CONTEXT}.runAsUser", 0, "runAsUser", "runAsUser is 0"),
    (
        f"{_CONTEXT}.seccompProfile",
        None,
        "seccompProfile_restricted",
        "the seccomp profile is neither RuntimeDefault nor Localhost",
    ),
]


def _listed(path: str, value: Any) -> tuple[str, Any]:
    """The path and value to put, where a list on the way is not there yet."""
    for parent in (f"{POD_SPEC}.volumes", f"{_POD_CONTEXT}.sysctls", f"{_CONTEXT}.capabilities.add"):
        if path.startswith(f"{parent}[0]"):
            field = path.removeprefix(f"{parent}[0]").removeprefix(".")
            return parent, [{field: value} if field else value]
    return path, value


@pytest.mark.parametrize(("path", "value", "control", "text"), BASELINE)
def test_a_control_of_the_level_baseline(path: str, value: Any, control: str, text: str) -> None:
    at, changed = _listed(path, value)
    assert _found(at, changed, "baseline") == [(path.replace('"', ""), _says(text, control, "baseline"))]


@pytest.mark.parametrize(("path", "value", "control", "text"), RESTRICTED)
def test_a_control_of_the_level_restricted(path: str, value: Any, control: str, text: str) -> None:
    at, changed = _listed(path, value)
    field = f"{_CONTEXT}.seccompProfile.type" if control == "seccompProfile_restricted" else path
    assert _found(at, changed, "restricted") == [(field, _says(text, control, "restricted"))]


def test_every_control_has_an_example_and_the_table_names_every_control() -> None:
    controls = DEFAULT_FACTS.table("pod_security")["controls"]
    named = {entry["control"] for level in controls.values() for entry in level}
    assert named == set(CONTROLS) == {entry[2] for entry in (*BASELINE, *RESTRICTED)}


def test_a_pod_that_meets_the_level_restricted_passes_in_every_version() -> None:
    for minor in range(14, 38):
        assert findings("pod-security", web(), pod_security="restricted", kubernetes_version=(1, minor)) == []


def test_nothing_is_asked_where_the_level_is_off() -> None:
    assert findings("pod-security", put(web(), f"{_CONTEXT}.privileged", value=True), pod_security="off") == []


@pytest.mark.parametrize(
    ("path", "value", "control", "since"),
    [
        (f"{CONTAINER}.livenessProbe.httpGet.host", "x", "hostProbesAndHostLifecycle", (1, 34)),
        (f"{_CONTEXT}.seccompProfile.type", "Unconfined", "seccompProfile_baseline", (1, 19)),
        (f"{_CONTEXT}.seccompProfile", None, "seccompProfile_restricted", (1, 19)),
        (f"{_CONTEXT}.capabilities.drop", [], "capabilities_restricted", (1, 22)),
        (f"{_CONTEXT}.runAsUser", 0, "runAsUser", (1, 23)),
    ],
)
def test_a_control_holds_since_its_version(path: str, value: Any, control: str, since: tuple[int, int]) -> None:
    level = "baseline" if control.startswith(("host", "seccompProfile_b")) else "restricted"
    before = (since[0], since[1] - 1)
    assert [control in message for _, message in _found(path, value, level, since)] == [True]
    assert _found(path, value, level, before) == []


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("net.ipv4.ip_local_reserved_ports", 27),
        ("net.ipv4.tcp_keepalive_time", 29),
        ("net.ipv4.tcp_fin_timeout", 29),
        ("net.ipv4.tcp_keepalive_intvl", 29),
        ("net.ipv4.tcp_keepalive_probes", 29),
        ("net.ipv4.tcp_rmem", 32),
        ("net.ipv4.tcp_wmem", 32),
        ("net.ipv4.tcp_slow_start_after_idle", 37),
        ("net.ipv4.tcp_notsent_lowat", 37),
    ],
)
def test_a_sysctl_is_safe_since_its_version(name: str, since: int) -> None:
    sysctls = [{"name": name, "value": "1"}]
    assert _found(f"{_POD_CONTEXT}.sysctls", sysctls, "baseline", (1, since)) == []
    assert len(_found(f"{_POD_CONTEXT}.sysctls", sysctls, "baseline", (1, since - 1))) == 1


def test_the_container_engines_selinux_type_is_allowed_since_1_31() -> None:
    path = f"{_CONTEXT}.seLinuxOptions.type"
    assert _found(path, "container_engine_t", "baseline", (1, 31)) == []
    assert len(_found(path, "container_engine_t", "baseline", (1, 30))) == 1


@pytest.mark.parametrize(
    ("annotation", "value", "allowed"),
    [
        ("seccomp.security.alpha.kubernetes.io/pod", "unconfined", False),
        ("container.seccomp.security.alpha.kubernetes.io/web", "docker/default", True),
        ("container.seccomp.security.alpha.kubernetes.io/web", "localhost/web", True),
        ("container.apparmor.security.beta.kubernetes.io/web", "docker/default", False),
        ("container.apparmor.security.beta.kubernetes.io/web", "localhost/web", True),
    ],
)
def test_old_versions_read_annotations(annotation: str, value: str, allowed: bool) -> None:  # noqa: FBT001  a table
    assert (_found(f'{_ANNOTATIONS}."{annotation}"', value, "baseline", (1, 18)) == []) is allowed


@pytest.mark.parametrize(
    "path", [f"{_CONTEXT}.allowPrivilegeEscalation", f"{_CONTEXT}.capabilities", f"{_CONTEXT}.seccompProfile"]
)
def test_windows_pods_are_passed_over_since_1_25(path: str) -> None:
    made = put(put(web(), path, None), f"{POD_SPEC}.os", {"name": "windows"})
    settings: dict[str, Any] = {"pod_security": "restricted"}
    assert findings("pod-security", made, kubernetes_version=(1, 25), **settings) == []
    assert len(findings("pod-security", made, kubernetes_version=(1, 24), **settings)) == 1
    unsure = put(made, f"{POD_SPEC}.os", UNKNOWN)
    assert [one.level.value for one in findings("pod-security", unsure, **settings)] == ["undetermined"]


@pytest.mark.parametrize("field", ["runAsNonRoot", "runAsUser"])
def test_a_user_namespace_makes_root_harmless_since_1_35(field: str) -> None:
    value = False if field == "runAsNonRoot" else 0
    made = put(web(hostUsers=False), f"{_CONTEXT}.{field}", value)
    assert findings("pod-security", made, pod_security="restricted", kubernetes_version=(1, 35)) == []
    assert len(findings("pod-security", made, pod_security="restricted", kubernetes_version=(1, 34))) == 1


def test_a_user_namespace_makes_proc_harmless_in_baseline_alone() -> None:
    made = put(web(hostUsers=False), f"{_CONTEXT}.procMount", "Unmasked")
    assert findings("pod-security", made, pod_security="baseline", kubernetes_version=(1, 35)) == []
    assert len(findings("pod-security", made, pod_security="baseline", kubernetes_version=(1, 34))) == 1
    assert len(findings("pod-security", made, pod_security="restricted", kubernetes_version=(1, 35))) == 1


def test_the_pod_may_say_what_its_containers_leave_out() -> None:
    made = put(web(), _CONTEXT, {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}})
    whole = put(made, _POD_CONTEXT, {"runAsNonRoot": True, "seccompProfile": {"type": "Localhost"}})
    assert findings("pod-security", whole, pod_security="restricted") == []
    unsure = findings("pod-security", put(whole, _POD_CONTEXT, UNKNOWN), pod_security="restricted")
    assert {one.level.value for one in unsure} == {"undetermined"}


def test_init_and_ephemeral_containers_count() -> None:
    for kind in ("initContainers", "ephemeralContainers"):
        made = put(web(), f"{POD_SPEC}.{kind}", [{"name": "x", "securityContext": {"privileged": True}}])
        (found,) = findings("pod-security", made, pod_security="baseline")
        assert found.path == f"{POD_SPEC}.{kind}[0].securityContext.privileged"
