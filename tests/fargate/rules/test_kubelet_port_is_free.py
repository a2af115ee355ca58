from __future__ import annotations

from tests.fargate.rules.scenes import CONTAINER, case, findings, put, said, web

_PORT = f"{CONTAINER}.ports[0]"

CASES = {
    "kubelet-port-is-free": case(
        [web()],
        [put(web(), f"{_PORT}.containerPort", 10250)],
        f"{_PORT}.containerPort",
        _PORT,
        f"{CONTAINER}.ports",
    ),
}


def test_the_kubelets_port_is_taken() -> None:
    assert said(findings("kubelet-port-is-free", put(web(), f"{_PORT}.containerPort", 10250))) == [
        (
            "warning",
            f"{_PORT}.containerPort",
            "container web listens on 10250, which the kubelet of its Fargate node holds",
        )
    ]


def test_the_kubelet_takes_no_udp_port() -> None:
    made = put(put(web(), f"{_PORT}.containerPort", 10250), f"{_PORT}.protocol", "UDP")
    assert findings("kubelet-port-is-free", made) == []
