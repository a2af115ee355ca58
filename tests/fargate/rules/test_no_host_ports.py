from __future__ import annotations

from tests.fargate.rules.scenes import CONTAINER, case, findings, put, said, web

_PORT = f"{CONTAINER}.ports[0]"

CASES = {
    "no-host-ports": case(
        [put(web(), f"{_PORT}.hostPort", 0)],
        [put(web(), f"{_PORT}.hostPort", 8080)],
        f"{_PORT}.hostPort",
        _PORT,
        f"{CONTAINER}.ports",
    ),
}


def test_a_host_port_is_refused_with_fargates_event() -> None:
    (found,) = findings("no-host-ports", put(web(), f"{_PORT}.hostPort", 8080))
    assert found.path == f"{_PORT}.hostPort"
    assert found.message == "container web asks for hostPort 8080, which Fargate refuses"
    assert found.fix == "Remove hostPort; a Service reaches the pod by containerPort."
    assert found.event == "Pod not supported on Fargate: port contains HostIP or HostPort"


def test_a_host_address_is_refused_without_being_quoted() -> None:
    found = findings("no-host-ports", put(web(), f"{_PORT}.hostIP", "10.1.2.3"))
    assert said(found) == [("error", f"{_PORT}.hostIP", "container web asks for hostIP, which Fargate refuses")]
