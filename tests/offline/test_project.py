"""Pulumi.yaml and stack files: merging as Pulumi does it, and every problem named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eks_fargate.offline.errors import ProjectError
from eks_fargate.offline.project import UNKNOWN_SECRET, load, stack_names
from tests.offline.conftest import WriteProject

PROJECT = """
name: demo
runtime: {name: python, options: {virtualenv: .venv}}
config:
  zones: 2
  size: {type: string, default: small, description: How big}
  aws:region: {value: eu-west-1}
"""


def problems(folder: Path, stack: str = "dev") -> tuple[str, ...]:
    with pytest.raises(ProjectError) as raised:
        load(folder, stack)
    return raised.value.problems


def test_defaults_and_values_of_the_project_are_merged_under_those_of_the_stack(write_project: WriteProject) -> None:
    folder = write_project(project=PROJECT, dev="config: {demo:zones: 3, aws:profile: x}\n")
    stack = load(folder, "dev")
    assert stack.config == {"aws:profile": "x", "aws:region": "eu-west-1", "demo:size": "small", "demo:zones": "3"}
    assert (stack.name, stack.stack, stack.region, stack.secret_keys) == ("demo", "dev", "eu-west-1", ())


def test_a_key_without_namespace_belongs_to_the_project_in_both_files(write_project: WriteProject) -> None:
    assert load(write_project(project=PROJECT, dev="config: {zones: 4}\n"), "dev").config["demo:zones"] == "4"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("true", "true"),
        ("1.30", "1.3"),
        ("2.0", "2"),
        ("'1.30'", "1.30"),
        ("", ""),
        ("on", "on"),
        ("[1, 2.0, x]", '[1,2,"x"]'),
        ("{b: true, a: {c: null}}", '{"a":{"c":null},"b":true}'),
    ],
)
def test_values_become_text_as_pulumi_hands_them_over(write_project: WriteProject, value: str, text: str) -> None:
    assert load(write_project(dev=f"config:\n  demo:x: {value}\n"), "dev").config["demo:x"] == text


def test_secrets_at_any_depth_become_unknown_secrets(write_project: WriteProject) -> None:
    dev = """
        encryptionsalt: v1
        config:
          demo:token: {secure: AAA}
          demo:deep: {list: [{secure: BBB}], secure: no, open: 1}
    """
    stack = load(write_project(dev=dev), "dev")
    assert stack.config["demo:token"] == UNKNOWN_SECRET
    assert json.loads(stack.config["demo:deep"]) == {"list": [UNKNOWN_SECRET], "secure": "no", "open": 1}
    assert stack.secret_keys == ("demo:deep", "demo:token")


def test_every_missing_value_is_named_in_pulumis_words(write_project: WriteProject) -> None:
    project = "name: demo\nruntime: python\nconfig: {a: {type: string}, b: {description: B}, c: {type: integer}}\n"
    folder = write_project(project=project, dev="config: {b: 1}\n")
    where = f"what is missing belongs under `config` in {folder / 'Pulumi.dev.yaml'}"
    assert problems(folder) == (f"Stack 'dev' is missing configuration values 'a' and 'c': {where}",)
    assert problems(write_project(project=project, dev="config: {b: 1, c: 1}\n")) == (
        f"Stack 'dev' is missing configuration value 'a': {where}",
    )


def test_a_key_that_yaml_reads_as_a_number_or_a_boolean_is_text(write_project: WriteProject) -> None:
    assert load(write_project(dev="config: {5: x, true: y}\n"), "dev").config == {"demo:5": "x", "demo:True": "y"}
    allowed = "allowed are config, encryptedkey, encryptionsalt, environment, secretsprovider"
    assert problems(write_project(dev="0x5: x\ntrue: y\n")) == (
        f"Pulumi.dev.yaml:1: unknown key '0x5': {allowed}",
        f"Pulumi.dev.yaml:2: unknown key 'true': {allowed}",
    )


def test_an_empty_stack_file_sets_nothing(write_project: WriteProject) -> None:
    assert load(write_project(dev=""), "dev").config == {}


def test_an_empty_default_counts_as_a_value(write_project: WriteProject) -> None:
    project = "name: demo\nruntime: python\nconfig: {a: {type: string, default: ''}}\n"
    assert load(write_project(project=project), "dev").config["demo:a"] == ""


@pytest.mark.parametrize(
    ("kind", "value", "refused_as"),
    [
        ("string", "1.30", None),
        ("string", "[x]", "a list"),
        ("integer", "3", None),
        ("integer", "'3'", None),
        ("integer", "3.5", "a number"),
        ("boolean", "true", None),
        ("boolean", "'true'", None),
        ("boolean", "on", "a string"),
        ("object", "{a: 1}", None),
        ("object", "x", "a string"),
        ("array, items: {type: integer}", "[1, 2]", None),
        ("array, items: {type: integer}", "[1, x]", "a list"),
        ("array, items: {type: integer}", "1", "a number"),
    ],
)
def test_a_stacks_value_must_be_of_the_declared_type(
    write_project: WriteProject, kind: str, value: str, refused_as: str | None
) -> None:
    project = f"name: demo\nruntime: python\nconfig:\n  a: {{type: {kind}}}\n"
    folder = write_project(project=project, dev=f"config:\n  a: {value}\n")
    if refused_as is None:
        load(folder, "dev")
    else:
        shown = "array<integer>" if kind.startswith("array") else kind
        assert problems(folder) == (
            f"Stack 'dev' with configuration key 'a' must be of type '{shown}'; it is {refused_as}",
        )


def test_a_key_declared_secret_must_be_encrypted(write_project: WriteProject) -> None:
    project = "name: demo\nruntime: python\nconfig: {a: {type: string, secret: true}}\n"
    assert load(write_project(project=project, dev="config: {a: {secure: X}}\n"), "dev").secret_keys == ("demo:a",)
    assert problems(write_project(project=project, dev="config: {a: plain}\n")) == (
        "Stack 'dev' with configuration key 'a' must be encrypted as it's secret: pulumi config set --secret a",
    )


def test_stack_files_are_found_in_stack_config_dir_or_where_the_caller_says(write_project: WriteProject) -> None:
    folder = write_project(project="name: demo\nruntime: python\nstackConfigDir: stacks\n")
    (folder / "stacks").mkdir()
    (folder / "stacks" / "Pulumi.prod.yaml").write_text("config: {x: prod}\n")
    assert stack_names(folder) == ("prod",)
    assert load(folder, "prod").config == {"demo:x": "prod"}
    assert stack_names(folder, folder) == ("dev",)
    assert load(folder, "dev", folder).config == {"aws:region": "eu-west-1"}


def test_the_old_name_of_stack_config_dir_is_understood(write_project: WriteProject) -> None:
    folder = write_project(project="name: demo\nruntime: python\nconfig: stacks\n")
    assert problems(folder) == (
        f"unknown stack 'dev': there is no {folder / 'stacks' / 'Pulumi.dev.yaml'}; stacks that exist: none",
    )


def test_an_unknown_stack_lists_those_that_exist(write_project: WriteProject) -> None:
    folder = write_project()
    (folder / "Pulumi.prod.yaml").write_text("")
    assert problems(folder, "qa") == (
        f"unknown stack 'qa': there is no {folder / 'Pulumi.qa.yaml'}; stacks that exist: dev, prod",
    )


def test_a_stack_name_cannot_be_a_path(write_project: WriteProject) -> None:
    assert problems(write_project(), "../dev") == (
        "stack name '../dev': letters, digits, hyphens, underscores and periods",
    )


def test_an_environment_section_is_refused_by_name(write_project: WriteProject) -> None:
    assert problems(write_project(dev="environment: [prod]\nsecretsprovider: passphrase\nextra: 1\n")) == (
        (
            "Pulumi.dev.yaml:3: unknown key 'extra': allowed are config, encryptedkey, encryptionsalt, environment, "
            "secretsprovider"
        ),
        (
            "Pulumi.dev.yaml:1: environment: Pulumi ESC environments cannot be read offline: "
            "write the values under `config`, secrets as `secure:`"
        ),
    )


def test_all_problems_of_a_project_file_are_told_at_once(write_project: WriteProject) -> None:
    project = """\
        name: "a b"
        runtime: nodejs
        confg: {}
        config:
          a: {type: text}
          b: {type: array}
          c: {type: integer, default: x}
          d: {default: 1, value: 2}
          e: {describe: no}
          aws:region: {default: x}
    """
    folder = write_project(project=project)
    (folder / "__main__.py").unlink()
    assert problems(folder) == (
        (
            "Pulumi.yaml:3: unknown key 'confg': allowed are author, backend, config, description, license, main, "
            "name, options, packages, plugins, requiredPulumiVersion, runtime, stackConfigDir, template, website"
        ),
        "Pulumi.yaml: name: got 'a b': letters, digits, hyphens, underscores and periods",
        "Pulumi.yaml: runtime: got 'nodejs': only `python` programs run offline",
        "Pulumi.yaml:5: config: a: unknown type 'text': allowed are string, integer, boolean, array, object",
        "Pulumi.yaml:6: config: b: declares an array without 'items', the type of its elements",
        "Pulumi.yaml:7: config: c: the default is not of type 'integer'",
        "Pulumi.yaml:8: config: d: has both 'default' and 'value': keep one",
        (
            "Pulumi.yaml:9: config: e: unknown attribute 'describe': allowed are type, description, items, default, "
            "value, secret"
        ),
        (
            "Pulumi.yaml:10: config: aws:region: belongs to another namespace than the project, so it takes no "
            "'default', only a 'value'"
        ),
        "Pulumi.yaml:10: config: aws:region: belongs to another namespace than the project and must give a 'value'",
        f"{folder / '__main__.py'}: no such file: Pulumi runs this program",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Pulumi.yaml: the file is empty: it needs at least `name` and `runtime: python`"),
        ("- a\n", "Pulumi.yaml:1: expected a mapping, got a list"),
        ("name: demo\nruntime: python\nconfig: [a]\n", "Pulumi.yaml:3: config: expected a mapping of keys"),
        (
            "name: demo\nname: x\nruntime: python\n",
            "Pulumi.yaml:2: the key 'name' stands twice in the same mapping: remove one",
        ),
    ],
)
def test_a_project_file_of_the_wrong_shape_is_refused(write_project: WriteProject, text: str, problem: str) -> None:
    assert problems(write_project(project=text)) == (problem,)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("just text\n", "Pulumi.dev.yaml:1: expected a mapping, got text"),
        ("config: [a]\n", "Pulumi.dev.yaml:1: config: expected a mapping, got a list"),
    ],
)
def test_a_stack_file_of_the_wrong_shape_is_refused(write_project: WriteProject, text: str, problem: str) -> None:
    assert problems(write_project(dev=text)) == (problem,)


def test_a_folder_without_a_project_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path) == (
        f"{tmp_path / 'Pulumi.yaml'}: no such file: a Pulumi project has a Pulumi.yaml in its folder",
    )
