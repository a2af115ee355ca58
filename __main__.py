"""The program that `pulumi up` runs: settings, the platform they describe, and what it exports."""

import pulumi

from stacks.platform import build
from stacks.settings import load

for name, value in build(load()).items():
    pulumi.export(name, value)
