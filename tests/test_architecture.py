"""The house keeps its order: which way imports run, who reads configuration, who prints, which tests are collected."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Part of the house -> the other parts it may import.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "__main__": ("stacks",),
    "stacks": ("components", "eks_fargate.fargate"),
    "components": ("eks_fargate.fargate",),
    "policies": ("eks_fargate.fargate",),
    "eks_fargate.fargate": (),
    "eks_fargate.offline": ("eks_fargate.fargate",),
    "eks_fargate.live": ("eks_fargate.offline", "eks_fargate.fargate"),
    "eks_fargate.cli": ("eks_fargate.live", "eks_fargate.offline", "eks_fargate.fargate", "policies"),
}
# Part of the house -> what it does without.
DOES_WITHOUT = {
    "eks_fargate.fargate": ("pulumi", "pulumi_aws", "pulumi_eks", "pulumi_kubernetes", "pulumi_policy", "boto3"),
    "eks_fargate.offline": ("boto3", "pulumi_aws", "pulumi_eks", "pulumi_kubernetes"),
    "components": ("boto3",),
    "stacks": ("boto3",),
    "policies": ("boto3",),
}
# Where the tests of a folder of the house are.
MIRRORED = {
    "stacks": "stacks",
    "components": "components",
    "policies": "policies",
    "fargate": "eks_fargate/fargate",
    "offline": "eks_fargate/offline",
    "live": "eks_fargate/live",
    "cli": "eks_fargate/cli",
}
# Tests of all modules of a folder together.
OF_A_WHOLE_FOLDER = {
    "tests/cli/test_check_formats.py",
    "tests/fargate/rules/test_every_rule.py",
    "tests/offline/test_stacks.py",
    "tests/stacks/test_any_input.py",
}


def modules(part: str) -> list[Path]:
    """The modules of one part of the house."""
    path = ROOT / part.replace(".", "/")
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that `path` imports, at the top or inside a function, with the line."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            before = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (before, node.module) if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def part_of(module: str) -> str | None:
    """The part of the house that a module belongs to; None for what is not ours."""
    return next((part for part in MAY_IMPORT if module == part or module.startswith(f"{part}.")), None)


def where(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {what}"


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_run_one_way(part: str) -> None:
    paths = modules(part)
    assert paths, f"{part} is gone"
    wrong = [
        where(path, line, module)
        for path in paths
        for line, module in imported(path)
        if (other := part_of(module)) is not None and other != part and other not in MAY_IMPORT[part]
    ]
    assert wrong == []


@pytest.mark.parametrize("part", DOES_WITHOUT)
def test_a_part_does_without_what_it_has_no_business_with(part: str) -> None:
    wrong = [
        where(path, line, module)
        for path in modules(part)
        for line, module in imported(path)
        if module.partition(".")[0] in DOES_WITHOUT[part]
    ]
    assert wrong == []


@cache
def names_used(path: Path) -> list[tuple[int, str]]:
    """Every name as it is used, dotted: `sys.exit`, `print`; imports by the name that they import."""
    nodes = list(ast.walk(tree(path)))
    names = [(node.lineno, node.id) for node in nodes if isinstance(node, ast.Name)]
    names += [(node.lineno, ast.unparse(node)) for node in nodes if isinstance(node, ast.Attribute)]
    return [*names, *imported(path)]


def uses(wanted: frozenset[str], *besides: str) -> list[str]:
    """Where the house uses any of the names `wanted`, but for the files and folders `besides`."""
    return [
        where(path, line, name)
        for part in MAY_IMPORT
        for path in modules(part)
        if not str(path.relative_to(ROOT)).startswith(besides)
        for line, name in names_used(path)
        if name in wanted
    ]


CONFIGURATION = frozenset({"pulumi.Config", "pulumi.runtime.config.CONFIG", "pulumi.runtime.get_config"})
PRINTING = frozenset({"print", "sys.stdout.write", "sys.stderr.write"})
EXITING = frozenset({"sys.exit", "os._exit", "exit", "quit"})


def test_only_the_settings_read_pulumis_configuration() -> None:
    # The pack judges stacks of any program, and only their configuration tells it the region.
    assert uses(CONFIGURATION, "stacks/settings.py", "policies/") == []
    assert uses(CONFIGURATION) != []


def test_only_the_command_line_prints_or_exits() -> None:
    assert uses(PRINTING | EXITING, "eks_fargate/cli/") == []
    assert {name.partition(": ")[2] for name in uses(PRINTING | EXITING)} >= {"print", "os._exit"}


def test_every_module_with_tests_is_collected() -> None:
    uncollected = [
        where(path, node.lineno, node.name)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if not path.name.startswith("test_")
        for node in tree(path).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        if node.name.lower().startswith("test")
    ]
    assert uncollected == []


def test_every_test_module_has_tests() -> None:
    empty = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if not any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in ast.walk(tree(path)))
    ]
    assert empty == []


def test_every_test_module_mirrors_what_it_tests() -> None:
    astray = [
        str(path.relative_to(ROOT))
        for folder, source in MIRRORED.items()
        for path in sorted((ROOT / "tests" / folder).rglob("test_*.py"))
        for mirrored in [ROOT / source / path.relative_to(ROOT / "tests" / folder).parent / path.name[len("test_") :]]
        if not mirrored.is_file() and not mirrored.with_suffix("").is_dir()
    ]
    assert set(astray) - OF_A_WHOLE_FOLDER == set()
