"""The event that a pod shows while Fargate refuses it.

Source: https://github.com/aws/containers-roadmap/issues/1517
"""

from __future__ import annotations


def refused(reason: str) -> str:
    """The event text for one reason."""
    return f"Pod not supported on Fargate: {reason}"
