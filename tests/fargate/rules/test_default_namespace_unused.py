from __future__ import annotations

from tests.fargate.rules.scenes import case, findings, put, said, web

CASES = {
    "default-namespace-unused": case([web()], [put(web(), "metadata.namespace", "default")], "metadata.namespace"),
}


def test_a_workload_that_names_no_namespace_is_in_the_default_one() -> None:
    made = web()
    del made["metadata"]["namespace"]
    assert said(findings("default-namespace-unused", made)) == [
        (
            "warning",
            "metadata.namespace",
            "the workload is in the namespace default, which whatever names no namespace shares",
        )
    ]
