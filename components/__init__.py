"""What we build: one ComponentResource a file, pure deciders beside them.

A component takes values, never another component: wiring and order stand in `stacks/platform.py`.
"""
