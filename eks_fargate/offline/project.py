"""A Pulumi project and one of its stacks: Pulumi.yaml and the stack file, read and merged as Pulumi does.

Source: https://www.pulumi.com/docs/iac/concepts/projects/project-file/
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from eks_fargate.offline import pulumi_yaml
from eks_fargate.offline.config_types import Declared, declared_keys
from eks_fargate.offline.errors import ProjectError

UNKNOWN_SECRET: Final = "[secret: not known offline]"
"""Stands in the configuration for a `secure:` value. A planned value that holds it anywhere is an unknown secret."""

_PROJECT_KEYS = (
    "author",
    "backend",
    "config",
    "description",
    "license",
    "main",
    "name",
    "options",
    "packages",
    "plugins",
    "requiredPulumiVersion",
    "runtime",
    "stackConfigDir",
    "template",
    "website",
)
_STACK_KEYS = ("config", "encryptedkey", "encryptionsalt", "environment", "secretsprovider")
_STACK_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_PROJECT_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class ProjectStack:
    """One stack of a project, ready to run.

    root: the folder of Pulumi.yaml. program: what to run, a folder with `__main__.py` or a Python file.
    config: full key (`namespace:name`) -> text, structured values as JSON, secrets as `UNKNOWN_SECRET`.
    secret_keys: the keys that hold a secret at any depth.
    """

    name: str
    stack: str
    root: Path
    program: Path
    config: Mapping[str, str]
    secret_keys: tuple[str, ...]

    @property
    def region(self) -> str:
        """`aws:region`, empty where the stack sets none."""
        return self.config.get("aws:region", "")


def load(project_dir: Path, stack: str, stack_dir: Path | None = None) -> ProjectStack:
    """Read the project in `project_dir` and its stack `stack`, and merge their configuration.

    stack_dir: the folder of the stack files; where omitted, `stackConfigDir` of Pulumi.yaml, else the project's folder.
    Raises ProjectError with every problem found.
    """
    project, declared = _project_file(project_dir)
    folder = stack_dir or project_dir / str(project.get("stackConfigDir") or ".")
    values = _stack_file(folder, stack, project["name"])
    problems: list[str] = []
    merged = {**{key: d.value for key, d in declared.items() if d.has_value}, **values}
    missing = sorted(d.written for key, d in declared.items() if key not in merged)
    if missing:
        noun = "value" if len(missing) == 1 else "values"
        where = f"what is missing belongs under `config` in {folder / f'Pulumi.{stack}.yaml'}"
        problems.append(f"Stack '{stack}' is missing configuration {noun} {_in_words(missing)}: {where}")
    config = {key: _as_text(value) for key, value in sorted(merged.items())}
    secret_keys = tuple(key for key in config if UNKNOWN_SECRET in config[key])
    for key in sorted(declared.keys() & merged.keys()):
        problems += declared[key].problems(merged[key], stack, secret=key in secret_keys)
    if problems:
        raise ProjectError(problems)
    program = project_dir / str(project.get("main") or ".")
    return ProjectStack(project["name"], stack, project_dir.resolve(), program.resolve(), config, secret_keys)


def stack_names(project_dir: Path, stack_dir: Path | None = None) -> tuple[str, ...]:
    """The stacks of the project in `project_dir` that have a file, sorted. Raises ProjectError."""
    project, _ = _project_file(project_dir)
    return _stacks_in(stack_dir or project_dir / str(project.get("stackConfigDir") or "."))


def stack_file(project_dir: Path, stack: str, stack_dir: Path | None = None) -> Path:
    """Where the settings of a stack are, whether or not there is such a file. Raises ProjectError."""
    project, _ = _project_file(project_dir)
    return (stack_dir or project_dir / str(project.get("stackConfigDir") or ".")) / f"Pulumi.{stack}.yaml"


def _project_file(project_dir: Path) -> tuple[dict[str, Any], dict[str, Declared]]:
    path = project_dir / "Pulumi.yaml"
    if not path.is_file():
        raise ProjectError([f"{path}: no such file: a Pulumi project has a Pulumi.yaml in its folder"])
    document = pulumi_yaml.read(path, "Pulumi.yaml")
    if document.problems:
        raise ProjectError(document.problems)
    if document.value is None:
        raise ProjectError(["Pulumi.yaml: the file is empty: it needs at least `name` and `runtime: python`"])
    if not isinstance(document.value, dict):
        raise ProjectError([f"Pulumi.yaml:1: expected a mapping, got {_kind(document.value)}"])
    project = document.value
    problems = _unknown_keys(document, "Pulumi.yaml", _PROJECT_KEYS)
    name, runtime = project.get("name"), project.get("runtime")
    if not isinstance(name, str) or not _PROJECT_NAME.fullmatch(name):
        problems.append(f"Pulumi.yaml: name: got {_shown(name)}: letters, digits, hyphens, underscores and periods")
        name = ""
    language = runtime.get("name") if isinstance(runtime, dict) else runtime
    if language != "python":
        problems.append(f"Pulumi.yaml: runtime: got {_shown(language)}: only `python` programs run offline")
    config = project.get("config")
    if isinstance(config, str) and "stackConfigDir" not in project:
        project["stackConfigDir"], config = config, None
    declared, more = declared_keys(config, name, document)
    problems += more
    main = project_dir / str(project.get("main") or ".")
    if not (main / "__main__.py").is_file() and not main.is_file():
        problems.append(f"{main / '__main__.py'}: no such file: Pulumi runs this program")
    if problems:
        raise ProjectError(problems)
    return project, declared


def _stack_file(folder: Path, stack: str, project: str) -> dict[str, Any]:
    shown = f"Pulumi.{stack}.yaml"
    path = folder / shown
    if not _STACK_NAME.fullmatch(stack):
        raise ProjectError([f"stack name {stack!r}: letters, digits, hyphens, underscores and periods"])
    if not path.is_file():
        known = ", ".join(_stacks_in(folder)) or "none"
        raise ProjectError([f"unknown stack '{stack}': there is no {path}; stacks that exist: {known}"])
    document = pulumi_yaml.read(path, shown)
    if document.problems:
        raise ProjectError(document.problems)
    if document.value is None:
        return {}
    if not isinstance(document.value, dict):
        raise ProjectError([f"{shown}:1: expected a mapping, got {_kind(document.value)}"])
    problems = _unknown_keys(document, shown, _STACK_KEYS)
    if "environment" in document.value:
        problems.append(
            f"{shown}:{document.line('environment')}: environment: Pulumi ESC environments cannot be read offline: "
            "write the values under `config`, secrets as `secure:`"
        )
    config = document.value.get("config") or {}
    if not isinstance(config, dict):
        problems.append(f"{shown}:{document.line('config')}: config: expected a mapping, got {_kind(config)}")
        config = {}
    if problems:
        raise ProjectError(problems)
    # YAML reads `5:` as a number.
    entries = {str(key): value for key, value in config.items()}
    return {key if ":" in key else f"{project}:{key}": value for key, value in entries.items()}


def _stacks_in(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name[len("Pulumi.") : -len(".yaml")] for path in folder.glob("Pulumi.?*.yaml")))


def _unknown_keys(document: pulumi_yaml.Document, shown: str, allowed: tuple[str, ...]) -> list[str]:
    return [
        f"{shown}:{line}: unknown key '{path[0]}': allowed are {', '.join(allowed)}"
        for path, line in document.lines.items()
        if len(path) == 1 and path[0] not in allowed
    ]


def _as_text(value: Any) -> str:
    """A configuration value as Pulumi hands it to a program: scalars as text, the rest as JSON without spaces."""
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """The value with secrets replaced, keys as text, and whole floats as integers, as Go writes them in JSON."""
    if isinstance(value, dict):
        if list(value) == ["secure"] and isinstance(value["secure"], str):
            return UNKNOWN_SECRET
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _in_words(keys: list[str]) -> str:
    quoted = [f"'{key}'" for key in keys]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _kind(value: Any) -> str:
    return {list: "a list", str: "text", bool: "a boolean"}.get(type(value), "a number")


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)
