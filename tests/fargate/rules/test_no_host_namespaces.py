from __future__ import annotations

from tests.fargate.rules.scenes import POD_SPEC, case, findings, said, web

CASES = {
    "no-host-namespaces": case(
        [web(hostNetwork=False)],
        [web(hostNetwork=True)],
        f"{POD_SPEC}.hostNetwork",
        POD_SPEC,
    ),
}


def test_every_namespace_shared_is_a_finding_and_the_event_names_all_of_them() -> None:
    found = findings("no-host-namespaces", web(hostNetwork=True, hostPID=True, hostIPC=True))
    assert said(found) == [
        ("error", f"{POD_SPEC}.{field}", f"{field} is true, and Fargate shares no namespace of its host")
        for field in ("hostIPC", "hostNetwork", "hostPID")
    ]
    assert {one.event for one in found} == {
        "Pod not supported on Fargate: fields not supported: HostNetwork, HostPID, HostIPC"
    }


def test_the_event_names_only_those_that_are_on() -> None:
    (found,) = findings("no-host-namespaces", web(hostIPC=True, hostPID=False))
    assert found.event == "Pod not supported on Fargate: fields not supported: HostIPC"
    assert found.fix == "Remove hostIPC, or run the pod on nodes."
