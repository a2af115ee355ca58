from __future__ import annotations

from eks_fargate.fargate.unknown import UNKNOWN
from tests.fargate.rules.scenes import CONTAINER, POD_SPEC, case, findings, put, said, web

_CONTEXT = f"{CONTAINER}.securityContext"
_SECOND = {"name": "second", "image": "registry.example/second:1"}

CASES = {
    "no-privileged": case(
        [put(web(), f"{_CONTEXT}.privileged", value=False)],
        [put(web(), f"{_CONTEXT}.privileged", value=True)],
        f"{_CONTEXT}.privileged",
        _CONTEXT,
        CONTAINER,
        f"{POD_SPEC}.containers",
        POD_SPEC,
    ),
    "no-privilege-escalation": case(
        [web()],
        [put(web(), f"{_CONTEXT}.allowPrivilegeEscalation", value=True)],
        f"{_CONTEXT}.allowPrivilegeEscalation",
        _CONTEXT,
        CONTAINER,
    ),
    "allowed-capabilities": case(
        [put(web(), f"{_CONTEXT}.capabilities.add", ["NET_RAW"])],
        [put(web(), f"{_CONTEXT}.capabilities.add", ["SYS_PTRACE"])],
        f"{_CONTEXT}.capabilities.add[0]",
        f"{_CONTEXT}.capabilities.add",
        f"{_CONTEXT}.capabilities",
        CONTAINER,
        f"{POD_SPEC}.containers",
    ),
}


def test_a_privileged_container_is_refused_with_fargates_event() -> None:
    (found,) = findings("no-privileged", put(web(), f"{_CONTEXT}.privileged", value=True))
    assert found.object == "Deployment/shop/web"
    assert found.path == "spec.template.spec.containers[0].securityContext.privileged"
    assert found.message == "container web sets privileged to true, which Fargate refuses"
    assert found.fix == "Remove privileged, or run the pod on nodes."
    assert found.event == "Pod not supported on Fargate: invalid SecurityContext fields: Privileged"


def test_init_and_ephemeral_containers_count_as_containers() -> None:
    bad = {"name": "x", "securityContext": {"privileged": True}}
    for kind in ("initContainers", "ephemeralContainers"):
        (found,) = findings("no-privileged", put(web(), f"{POD_SPEC}.{kind}", [bad]))
        assert found.path == f"spec.template.spec.{kind}[0].securityContext.privileged"


def test_an_unset_privilege_escalation_is_fine() -> None:
    assert findings("no-privilege-escalation", put(web(), _CONTEXT, {})) == []


def test_privilege_escalation_is_refused_with_fargates_event() -> None:
    (found,) = findings("no-privilege-escalation", put(web(), f"{_CONTEXT}.allowPrivilegeEscalation", value=True))
    assert found.message == "container web sets allowPrivilegeEscalation to true, which Fargate refuses"
    assert found.event == "Pod not supported on Fargate: invalid SecurityContext fields: AllowPrivilegeEscalation"


def test_an_unknown_container_does_not_hide_another_that_fails() -> None:
    changed = put(web(), f"{POD_SPEC}.containers[0].securityContext.privileged", value=True)
    changed["spec"]["template"]["spec"]["containers"].append(_SECOND)
    found = findings("no-privileged", put(changed, f"{POD_SPEC}.containers[1].securityContext", UNKNOWN))
    assert said(found) == [
        (
            "error",
            "spec.template.spec.containers[0].securityContext.privileged",
            "container web sets privileged to true, which Fargate refuses",
        ),
        (
            "undetermined",
            "spec.template.spec.containers[1].securityContext.privileged",
            (
                "spec.template.spec.containers[1].securityContext.privileged is not known before deployment, and "
                "decides whether a container is privileged"
            ),
        ),
    ]


def test_every_capability_that_fargate_accepts_passes() -> None:
    accepted = ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"]
    accepted += ["NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"]
    assert findings("allowed-capabilities", put(web(), f"{_CONTEXT}.capabilities.add", accepted)) == []


def test_refused_capabilities_stand_together_in_the_event() -> None:
    found = findings("allowed-capabilities", put(web(), f"{_CONTEXT}.capabilities.add", ["SYS_ADMIN", "KILL", "BPF"]))
    assert [(one.path[-6:], one.message) for one in found] == [
        ("add[0]", "container web adds capability SYS_ADMIN, which Fargate refuses"),
        ("add[2]", "container web adds capability BPF, which Fargate refuses"),
    ]
    assert {one.event for one in found} == {"Pod not supported on Fargate: Capabilities added: SYS_ADMIN, BPF"}


def test_a_capability_with_its_prefix_is_refused_and_the_plain_name_is_the_fix() -> None:
    (found,) = findings("allowed-capabilities", put(web(), f"{_CONTEXT}.capabilities.add", ["CAP_CHOWN"]))
    assert found.message == "container web adds capability CAP_CHOWN, which Fargate refuses"
    assert found.fix == "Write CHOWN: Fargate compares the name letter by letter."
