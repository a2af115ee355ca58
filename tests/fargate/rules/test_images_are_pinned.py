from __future__ import annotations

import pytest

from tests.fargate.rules.scenes import CONTAINER, POD_SPEC, case, findings, put, said, web

_IMAGE = f"{CONTAINER}.image"

CASES = {
    "images-are-pinned": case(
        [web()],
        [put(web(), _IMAGE, "registry.example/web")],
        _IMAGE,
        CONTAINER,
        f"{POD_SPEC}.containers",
    ),
}


@pytest.mark.parametrize(
    ("image", "lacks"),
    [
        ("nginx", "no tag"),
        ("registry.example:5000/nginx", "no tag"),
        ("nginx:latest", "tag latest"),
        ("registry.example:5000/nginx:latest", "tag latest"),
    ],
)
def test_an_image_that_may_change_is_a_warning(image: str, lacks: str) -> None:
    assert said(findings("images-are-pinned", put(web(), _IMAGE, image))) == [
        ("warning", _IMAGE, f"container web has image {image} with {lacks}, which may be another one tomorrow")
    ]


@pytest.mark.parametrize(
    "image",
    ["nginx:1.29", "registry.example:5000/a/b:1", f"nginx@sha256:{'0' * 64}", f"nginx:latest@sha256:{'0' * 64}"],
)
def test_a_version_or_a_digest_passes(image: str) -> None:
    assert findings("images-are-pinned", put(web(), _IMAGE, image)) == []
