"""What documents show is what the commands print."""

from __future__ import annotations

from tools.generated import documents


def test_every_generated_document_is_up_to_date() -> None:
    stale = [str(path) for path, found, wanted in documents() if found != wanted]
    assert stale == [], "run `make docs` and review what changed"
