# What keeps its objects elsewhere overrides four methods, and needs their arguments.
# ruff: noqa: ARG002
"""A cloud that is a file: the general mechanics. What a service adds of its own stands in `service_rules`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.engine import kubernetes_rules, service_rules
from tests.engine.cloud import CloudError, CloudObject, CreationFailedError, Properties
from tests.engine.store import Fault, State, Store
from tests.engine.types_table import TypeFacts, behaviour, constant_answer, facts_of, filled, references_of, values_at

CLUSTER = "aws:eks/cluster:Cluster"
# As of a process that `kill -9` ended.
CRASH_EXIT_CODE = 137
SLOW_SECONDS = 2


class FileCloud:
    """The cloud kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)

    def create(self, type_: str, name: str, inputs: Properties, scope: str) -> CloudObject:
        with self._logged("create", type_, name):
            fault = self._fault("create", type_, name)
            with self.store.locked() as state:
                made = self._new(state, type_, name, inputs, scope)
                state.put(replace(made, phase="CREATING"), scope)
            _take_time(type_, fault)
            if fault is not None and fault.effect == "failed":
                made = replace(made, phase="FAILED")
            with self.store.locked() as state:
                state.put(made, scope)
            _crash(fault, "crash after")
            if made.phase == "FAILED" and fault is not None:
                raise CreationFailedError(*_message_and_code(fault.message), made)
        return made

    def read(self, type_: str, id_: str, scope: str) -> CloudObject | None:
        with self.store.locked() as state:
            found = state.get(type_, id_, scope)
            observed = None if found is None else self._observe(found, scope)
            if observed is not None:
                state.put(observed, scope)
            elif found is not None:
                state.remove(type_, id_, scope)
        return observed

    def update(self, type_: str, id_: str, inputs: Properties, scope: str) -> CloudObject:
        with self.store.locked() as state:
            old = state.get(type_, id_, scope)
        if old is None:
            message = f"{id_} does not exist"
            raise CloudError(message, _missing(type_))
        with self._logged("update", type_, old.name):
            fault = self._fault("update", type_, old.name)
            with self.store.locked() as state:
                _check_references(state, type_, inputs)
                service_rules.before_update(state, old, inputs)
                changed = replace(old, inputs=inputs, computed=service_rules.computed_after_update(old), phase="ACTIVE")
                changed = self._change(old, changed, scope)
                state.put(changed, scope)
            _crash(fault, "crash after")
        return changed

    def delete(self, type_: str, id_: str, scope: str) -> None:
        found = self.read(type_, id_, scope)
        if found is None:
            return
        with self._logged("delete", type_, found.name):
            fault = self._fault("delete", type_, found.name)
            with self.store.locked() as state:
                _refuse_while_used(state, found)
                service_rules.before_delete(state, found)
                kubernetes_rules.before_delete(state, found, scope)
                state.put(replace(found, phase="DELETING"), scope)
            _take_time(type_, fault)
            with self.store.locked() as state:
                self._unmake(found, scope)
                state.remove(type_, id_, scope)
                if type_ == CLUSTER:
                    state.remove_scope(found.computed["endpoint"])
            _crash(fault, "crash after")

    def invoke(self, function: str, arguments: Mapping[str, Any], scope: str) -> Properties:
        answer = constant_answer(function, scope)
        if answer is not None:
            return answer
        lookup = behaviour()["lookups"].get(function)
        if lookup is None:
            message = f"this cloud does not know {function}"
            raise CloudError(message, "InvalidAction")
        with self.store.locked() as state:
            found = state.find(lookup["type"], lookup["key"], arguments.get(lookup["key"]))
        if found is None:
            message = f"there is no {lookup['type']} with {dict(arguments)}"
            raise CloudError(message, _missing(lookup["type"]))
        return service_rules.looked_up(found)

    def _make(self, made: CloudObject, scope: str) -> CloudObject:
        """The object as it came to be; called with the file locked, as the three that follow are."""
        return made

    def _change(self, old: CloudObject, changed: CloudObject, scope: str) -> CloudObject:
        """The object as it is after a change in place."""
        return changed

    def _unmake(self, found: CloudObject, scope: str) -> None:
        """Take the object away."""

    def _observe(self, found: CloudObject, scope: str) -> CloudObject | None:
        """The object as it is by now; None where it is gone."""
        return found

    def _new(self, state: State, type_: str, name: str, inputs: Properties, scope: str) -> CloudObject:
        if type_.startswith("kubernetes:"):
            return kubernetes_rules.new(state, type_, name, inputs, scope)
        facts = facts_of(type_)
        if facts is None:
            message = f"this cloud does not know {type_}"
            raise CloudError(message, "InvalidAction")
        _check_references(state, type_, inputs)
        service_rules.before_create(state, type_, inputs)
        hashed = state.new_hash(type_, name)
        values = {"inputs": inputs, "hash": hashed, "HASH": hashed.upper(), "region": scope}
        id_ = filled(facts.id, values)
        _refuse_second(state, type_, facts, id_, inputs)
        defaults = {key: value for key, value in facts.defaults.items() if key not in inputs}
        computed = defaults | filled(facts.outputs, {**values, "id": id_})
        return self._make(CloudObject(type_, id_, name, inputs, computed), scope)

    def _fault(self, operation: str, type_: str, name: str) -> Fault | None:
        """The fault waiting for this operation; one that strikes before anything is done does so here."""
        with self.store.locked() as state:
            fault = state.take_fault(operation, type_, name)
        if fault is not None and fault.effect == "error":
            raise CloudError(*_message_and_code(fault.message))
        _crash(fault, "crash before")
        return fault

    @contextmanager
    def _logged(self, operation: str, type_: str, name: str) -> Iterator[None]:
        entry = {"operation": operation, "type": type_, "name": name}
        self.store.log({"event": "start", **entry})
        try:
            yield
        except CloudError as error:
            self.store.log({"event": "end", **entry, "error": str(error)})
            raise
        self.store.log({"event": "end", **entry})


def _crash(fault: Fault | None, when: str) -> None:
    if fault is not None and fault.effect == when:
        os._exit(CRASH_EXIT_CODE)


def _message_and_code(text: str) -> tuple[str, str]:
    """`ThrottlingException: Rate exceeded` as CloudError takes it."""
    code, _, message = text.partition(": ")
    return message, code


def _take_time(type_: str, fault: Fault | None) -> None:
    facts = facts_of(type_)
    seconds = facts.seconds if facts is not None else 0
    time.sleep(seconds + (SLOW_SECONDS if fault is not None and fault.effect == "slow" else 0))


def _missing(type_: str) -> str:
    facts = facts_of(type_)
    return TypeFacts.missing if facts is None else facts.missing


def _check_references(state: State, type_: str, inputs: Properties) -> None:
    """Raise CloudError for the first input that names an object that does not exist."""
    for reference in references_of(type_):
        for value in values_at(inputs, reference.path):
            # Roles and policies that AWS itself keeps exist in every account.
            if "::aws:" not in str(value) and state.find(reference.type, reference.by, value) is None:
                message = f"{reference.path}: '{value}' does not exist"
                raise CloudError(message, _missing(reference.type))


def _refuse_second(state: State, type_: str, facts: TypeFacts, id_: str, inputs: Properties) -> None:
    for item in state.all(type_):
        shared = [item.inputs.get(key) == inputs.get(key) for key in facts.unique]
        if item.id == id_ or (shared and all(shared)):
            message = f"{item.id} already exists"
            raise CloudError(message, facts.exists)


def _refuse_while_used(state: State, found: CloudObject) -> None:
    """Raise CloudError where another object still needs `found`."""
    facts = facts_of(found.type)
    blocking = [
        (user_type, reference)
        for user_type in behaviour()["types"]
        for reference in references_of(user_type)
        if reference.type == found.type and reference.blocks
    ]
    for user_type, reference in blocking:
        wanted = {**found.outputs, "id": found.id}[reference.by]
        user = next((item for item in state.all(user_type) if wanted in values_at(item.inputs, reference.path)), None)
        if user is not None and facts is not None:
            message = f"{found.id} cannot be deleted: {user.id} uses it"
            raise CloudError(message, facts.in_use)
