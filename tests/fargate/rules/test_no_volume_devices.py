from __future__ import annotations

from tests.fargate.rules.scenes import CONTAINER, case, findings, put, web

_DEVICES = f"{CONTAINER}.volumeDevices"

CASES = {
    "no-volume-devices": case(
        [put(web(), _DEVICES, [])],
        [put(web(), _DEVICES, [{"name": "data", "devicePath": "/dev/xvda"}])],
        _DEVICES,
        CONTAINER,
    ),
}


def test_a_block_device_is_refused_with_fargates_event() -> None:
    (found,) = findings("no-volume-devices", put(web(), _DEVICES, [{"name": "data", "devicePath": "/dev/xvda"}]))
    assert found.path == _DEVICES
    assert found.message == "container web asks for volumeDevices, and Fargate gives no block device"
    assert found.event == "Pod not supported on Fargate: volumeDevices not supported"
