"""The Fargate size a pod gets: AWS's algorithm over the table of combinations, in exact arithmetic.

Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requested:
    """What a pod asks for, before Fargate adds its own 256 MiB.

    cpu_nanocores, memory_bytes, ephemeral_bytes: whole numbers, rounded up as Kubernetes rounds.
    """

    cpu_nanocores: int
    memory_bytes: int
    ephemeral_bytes: int


@dataclass(frozen=True, slots=True)
class Size:
    """What Fargate provisions for a pod, and what it is billed for.

    vcpu_milli: 250 to 16000. memory_mib: 512 to 122880. ephemeral_gib: 20 or more.
    """

    vcpu_milli: int
    memory_mib: int
    ephemeral_gib: int
