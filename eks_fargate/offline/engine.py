"""Runs a Pulumi program without a cloud: unmodified, in this process, against a monitor of our own.

The SDK parts used (`run_in_stack`, a monitor given as an object) are internal to it, so pulumi is pinned to a minor
version. Source: https://github.com/pulumi/pulumi/blob/master/sdk/python/cmd/pulumi-language-python-exec
"""

from __future__ import annotations

import asyncio
import datetime
import runpy
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import pulumi.runtime
from pulumi.runtime.settings import Settings, configure
from pulumi.runtime.stack import run_in_stack

from eks_fargate.fargate.versions import TODAY_VARIABLE
from eks_fargate.offline.cloud.answers import Cloud
from eks_fargate.offline.diagnostics import Diagnostics
from eks_fargate.offline.errors import ProgramError
from eks_fargate.offline.failures import problems_of
from eks_fargate.offline.monitor import Monitor
from eks_fargate.offline.plan import Plan
from eks_fargate.offline.project import ProjectStack, load
from eks_fargate.offline.sandbox import is_own, surroundings

_TIMEOUT_SECONDS = 60.0
_SETTLE_SECONDS = 1.0


def run(  # noqa: PLR0913 - all but two are options with a default or a date
    project_dir: Path,
    stack: str,
    *,
    today: datetime.date,
    stack_dir: Path | None = None,
    dry_run: bool = True,
    timeout_seconds: float = _TIMEOUT_SECONDS,
) -> Plan:
    """Run the program of `project_dir` on `stack` and return what it would deploy.

    today: handed to the program as EKS_FARGATE_TODAY. stack_dir: the folder of the stack files; where omitted, the
    project's own. dry_run: False runs an update, in which every output has a made-up value, instead of a preview.
    The account is what the project's own key `account` says; where that is not set, it is unknown.
    Raises ProjectError, SettingsError, ProgramError and the other kinds of OfflineError, each with all its problems.
    """
    project = load(project_dir, stack, stack_dir)
    cloud = Cloud(project.region, project.config.get(f"{project.name}:account", ""), dry_run)
    monitor = Monitor(project.name, stack, cloud)
    attempt = _Attempt(project, monitor, Diagnostics())
    folder = project.program if project.program.is_dir() else project.program.parent
    with surroundings(folder, project.root, {TODAY_VARIABLE: today.isoformat()}) as printed:
        attempt.start(timeout_seconds)
    attempt.check()
    return Plan(
        stack=stack,
        project=project.name,
        region=project.region,
        resources=tuple(state.resource for _, state in sorted(monitor.states.items())),
        outputs=monitor.outputs,
        secret_outputs=monitor.secret_outputs,
        logs=tuple(sorted(attempt.diagnostics.logs)),
        notes=tuple(sorted({*monitor.notes, *_notes(project, monitor.unknown_functions)})),
        printed=printed.getvalue(),
        config=project.config,
    )


def _notes(project: ProjectStack, unknown_functions: Iterable[str]) -> Iterator[str]:
    for key in project.secret_keys:
        yield f"{key} holds a secret: it is not decrypted, its value is unknown offline"
    for function in unknown_functions:
        yield f"{function} is answered by AWS alone: what depends on it is unknown offline"


@dataclass
class _Attempt:
    """One run of the program, in a thread of its own: its context variables are new, and a wait can be given up."""

    project: ProjectStack
    monitor: Monitor
    diagnostics: Diagnostics
    _error: BaseException | None = field(default=None, init=False)
    _raised: dict[int, tuple[BaseException, TracebackType | None]] = field(default_factory=dict, init=False)
    _late: str | None = field(default=None, init=False)

    def start(self, timeout_seconds: float) -> None:
        thread = threading.Thread(target=self._run, name="program", daemon=True)
        thread.start()
        thread.join(timeout_seconds)
        if thread.is_alive():
            where = self._place(sys._current_frames().get(thread.ident or 0))
            self._late = f"the program did not end within {timeout_seconds:g} seconds: it is {where}"

    def check(self) -> None:
        """Raise what went wrong, if anything did: refusals of the model first, since others follow from them."""
        if self._late is not None:
            raise ProgramError([self._late])
        refusals = self.monitor.failures
        if refusals:
            problems = sorted({problem for error in refusals for problem in error.problems})
            raise type(refusals[0])(problems)
        if self._error is not None:
            raise problems_of(self._error, self.project.root, self.monitor.unknown_functions) from self._error
        errors = [log.message for log in sorted(self.diagnostics.logs) if log.severity == "error"]
        if errors:
            raise ProgramError([f"the program logged an error: {message}" for message in errors])

    def _run(self) -> None:
        pulumi.runtime.set_all_config(dict(self.project.config), list(self.project.secret_keys))
        configure(
            Settings(
                project=self.project.name,
                stack=self.project.stack,
                organization="organization",
                monitor=self.monitor,
                engine=self.diagnostics,
                dry_run=self.monitor.cloud.dry_run,
                root_directory=str(self.project.root),
            )
        )
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda _loop, _context: None)
        loop.set_task_factory(self._task)
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(run_in_stack(self._program))
        except BaseException as error:
            _, raised_by = self._raised.get(id(error), (error, error.__traceback__))
            self._error = error.with_traceback(raised_by)
        finally:
            self._end(loop)

    def _program(self) -> None:
        runpy.run_path(str(self.project.program), run_name="__main__")

    def _task(self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(coroutine, loop=loop, **options)
        task.add_done_callback(self._keep_traceback)
        return task

    def _keep_traceback(self, task: asyncio.Task[Any]) -> None:
        """Keep where a task failed: asyncio forgets it once two others have waited for the task."""
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._raised.setdefault(id(error), (error, error.__traceback__))

    def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        tasks = asyncio.all_tasks(loop)
        if tasks and self.monitor.failures:
            # One refusal ends the SDK's wait: let the other registrations come in, to tell all problems at once.
            loop.run_until_complete(asyncio.wait(tasks, timeout=_SETTLE_SECONDS))
        self.monitor.close()
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.close()

    def _place(self, frame: FrameType | None) -> str:
        while frame is not None:
            if is_own(frame.f_code.co_filename, self.project.root):
                return f"at {Path(frame.f_code.co_filename).relative_to(self.project.root)}:{frame.f_lineno}"
            frame = frame.f_back
        return "waiting for an output that never comes"
