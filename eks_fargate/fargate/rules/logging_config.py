"""logging-config: the ConfigMap that turns logging on is one that Fargate accepts; it drops any other without a word.

Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eks_fargate.fargate.facts import DEFAULT_FACTS, Facts
from eks_fargate.fargate.findings import Level
from eks_fargate.fargate.placement import DataPlane
from eks_fargate.fargate.rules.base import Fail, Verdict, not_known, read, words
from eks_fargate.fargate.rules.subjects import ObjectRule, ObjectSubject
from eks_fargate.fargate.unknown import UNKNOWN

_SECTION = re.compile(r"\s*\[([^\]]*)\]\s*")
_VARIABLE = re.compile(r"\$\{[^}]*\}")
_ACCEPTED = "whether Fargate accepts the logging configuration"


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a Fluent Bit file. keys: in lower case, with their values; indents: of its lines, as written."""

    name: str
    line: int
    keys: dict[str, str]
    indents: set[str]


def logging_config_problems(data: Any, facts: Facts = DEFAULT_FACTS) -> list[Verdict]:
    """What Fargate would not accept in the data of ConfigMap `aws-logging`; empty where it accepts all of it.

    data: file name to text, of which any value, or the whole, may be unknown. facts: the shipped ones where omitted.
    """
    if data is UNKNOWN:
        return [not_known("data", _ACCEPTED)]
    given: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    table = facts.table("logging")
    found: list[Verdict] = []
    for key in sorted(given, key=str):
        found += _file(str(key), given[key], table)
    if given.get("output.conf") is None:
        found.append(
            Fail(
                "data.output.conf",
                "there is no output.conf, and Fargate asks for at least one [OUTPUT] section",
                "Add output.conf with an [OUTPUT] section.",
            )
        )
    # AWS does not say whether the names of the files count; without them no valid configuration is refused.
    characters = sum(len(text) for text in given.values() if isinstance(text, str))
    if characters > table["maxCharacters"]:
        message = f"the configuration has {characters} characters; Fargate accepts {table['maxCharacters']}"
        found.append(Fail("data", message, "Shorten it; comments count."))
    return found


def _file(key: str, text: Any, table: Mapping[str, Any]) -> list[Verdict]:
    path = f"data.{key}"
    if key != table["flag"] and key not in table["sections"]:
        allowed = words([*sorted(table["sections"]), table["flag"]])
        return [Fail(path, f"{key} is no file of Fargate's logging configuration", f"Use {allowed}.")]
    if text is UNKNOWN:
        return [not_known(path, _ACCEPTED)]
    if key == table["flag"]:
        if text in ("true", "false"):
            return []
        return [Fail(path, f"{key} is neither the text true nor the text false", f'Write {key}: "true" or "false".')]
    return list(_sections(key, str(text), table))


def _sections(key: str, text: str, table: Mapping[str, Any]) -> Iterator[Verdict]:
    path = f"data.{key}"
    expected = table["sections"][key]
    sections = _parse(text)
    if expected == "OUTPUT" and not any(section.name == expected for section in sections):
        yield Fail(path, f"{key} has no [OUTPUT] section", "Add one; Fargate asks for at least one.")
    if _VARIABLE.search(text):
        yield Fail(path, f"{key} uses ${{...}}, and Fargate fills in no variables", "Write the value itself.")
    for section in sections:
        if section.name == expected:
            yield from _section(path, section, table)
        else:
            yield Fail(
                path,
                f"line {section.line} of {key} opens section [{section.name}]; Fargate reads [{expected}] there",
                _move(section.name, table),
            )


def _move(name: str, table: Mapping[str, Any]) -> str:
    files = [key for key, section in table["sections"].items() if section == name]
    return f"Move it to {files[0]}." if files else "Remove it; Fargate sets the rest itself."


def _section(path: str, section: _Section, table: Mapping[str, Any]) -> Iterator[Verdict]:
    where = f"section [{section.name}] in line {section.line}"
    for required in table["requiredKeys"][section.name]:
        if not section.keys.get(required.lower()):
            yield Fail(path, f"{where} has no {required}", f"Add {required}.")
    plugin = section.keys.get("name", "").lower()
    plugins = table["plugins"].get(section.name)
    if plugin and plugins and plugin not in plugins:
        yield Fail(path, f"{where} uses plugin {plugin}, which Fargate does not have", f"Use {', '.join(plugins)}.")
    for forbidden in table["forbiddenKeys"]:
        if forbidden.lower() in section.keys:
            yield Fail(path, f"{where} sets {forbidden}, which Fargate sets itself", f"Remove {forbidden}.")
    if len(section.indents) > 1 or "" in section.indents:
        yield Fail(path, f"{where} is not indented evenly", "Indent every line of the section alike, by four spaces.")


def _parse(text: str) -> list[_Section]:
    sections: list[_Section] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        opened = _SECTION.fullmatch(line)
        if opened:
            sections.append(_Section(opened.group(1).upper(), number, {}, set()))
            continue
        if not sections:
            sections.append(_Section("", number, {}, set()))
        key, _, value = line.strip().partition(" ")
        sections[-1].keys[key.lower()] = value.strip()
        sections[-1].indents.add(line[: len(line) - len(line.lstrip())])
    return sections


def _check(subject: ObjectSubject) -> Iterator[Verdict]:
    table = subject.world.facts.table("logging")
    seen = subject.seen
    if (seen.namespace, seen.name) != (table["namespace"], table["configMap"]):
        return
    if subject.world.data_plane is DataPlane.NODES:
        return
    yield from logging_config_problems(read(seen.fields, "data"), subject.world.facts)
    namespace = subject.world.find("Namespace", table["namespace"])
    for key, value in table["namespaceLabel"].items():
        given = value if namespace is None else read(namespace.fields, "metadata", "labels", key)
        if given is UNKNOWN:
            yield not_known("metadata.namespace", _ACCEPTED)
        elif given != value:
            message = (
                f"namespace {table['namespace']} has no label {key}: {value}, so Fargate does not read the ConfigMap"
            )
            yield Fail("metadata.namespace", message, f"Label the namespace {key}: {value}.")


rule = ObjectRule(
    id="logging-config",
    group="D",
    level=Level.ERROR,
    statement="The aws-logging ConfigMap is one that Fargate accepts.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html",
    check=_check,
    kinds=("ConfigMap",),
    alone=True,
)
