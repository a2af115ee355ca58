from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from eks_fargate.fargate.label_selectors import matches, of_labels
from eks_fargate.fargate.pod_index import PodIndex
from eks_fargate.fargate.pods import UNKNOWN_MAPPING
from eks_fargate.fargate.unknown import UNKNOWN

NAMESPACES = st.sampled_from(["shop", "batch", UNKNOWN])
VALUES = st.sampled_from(["x", "y", UNKNOWN])
LABELS = st.one_of(st.just(UNKNOWN_MAPPING), st.dictionaries(st.sampled_from(["a", "b"]), VALUES))


@given(
    pods=st.lists(st.tuples(NAMESPACES, LABELS), max_size=8),
    namespace=NAMESPACES,
    selector=st.dictionaries(st.sampled_from(["a", "b"]), VALUES, max_size=2),
)
def test_every_pod_that_may_be_selected_is_a_candidate_once(
    pods: list[tuple[Any, Any]], namespace: Any, selector: dict[str, Any]
) -> None:
    asked = of_labels(selector)
    candidates = list(PodIndex((i, *pod) for i, pod in enumerate(pods)).candidates(namespace, asked))
    possible = {
        i
        for i, (of, labels) in enumerate(pods)
        if (namespace is UNKNOWN or of is UNKNOWN or of == namespace) and matches(asked, labels) is not False
    }
    assert possible <= set(candidates)
    assert len(candidates) == len(set(candidates))


def test_a_label_narrows_the_candidates() -> None:
    index = PodIndex((i, "shop", {"app": f"web-{i}", "managed": "helm"}) for i in range(100))
    assert list(index.candidates("shop", of_labels({"managed": "helm", "app": "web-7"}))) == [7]
    assert list(index.candidates("batch", of_labels({"app": "web-7"}))) == []
    assert len(list(index.candidates("shop", ()))) == 100
