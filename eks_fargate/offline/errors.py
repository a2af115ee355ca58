"""What can go wrong when a project is run offline: each error lists all its problems, in words for the user."""

from __future__ import annotations

from collections.abc import Sequence


class OfflineError(Exception):
    """The project cannot be run offline as it is. `problems`: one sentence or more each, in a fixed order."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class ProjectError(OfflineError):
    """Pulumi.yaml or a stack file is missing, malformed, or does not hold what the project declares."""


class SettingsError(OfflineError):
    """The program refused its settings: it raised an exception that lists them as `problems`."""


class ProgramError(OfflineError):
    """The program raised, exited, logged an error, or did not end in time."""


class NotModelledError(OfflineError):
    """The program asks for something that has no offline answer: a resource type, a function, a component."""


class DuplicateUrnError(OfflineError):
    """Two resources of the program have the same type, name and parent types."""


class TransformError(OfflineError):
    """A transform of the program failed when it was called back."""
