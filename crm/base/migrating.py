"""Making many tables in one step of a migration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class MakeTables(Operation):
    """Make many tables at once, as the operations in it say.

    Django makes every model anew that hangs together with a changed one, after each single operation: for sixty tables
    that all lead to a person that is most of the time of a first start. Here they are made once, when all is known.
    What is added to a table in here stands in it from the start. Raises ValueError for a change of a table that was
    there before: that is an operation of its own.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        self.made = [operation.name for operation in operations if isinstance(operation, CreateModel)]
        here = {name.lower() for name in self.made}
        changed = (one for one in operations if not isinstance(one, CreateModel))
        others = {str(getattr(one, "model_name", "")).lower() for one in changed} - here
        if others:
            raise ValueError(f"Not made here: {', '.join(sorted(others))}")

    def state_forwards(self, app_label: str, state: Any) -> None:
        """What the models are afterwards. Without the made models the state is changed in no time."""
        state.__dict__.pop("apps", None)  # a cached property: made again when somebody asks
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables, each as it is at the end."""
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take them away, the last first."""
        for model in reversed(self._models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def _models(self, app_label: str, schema_editor: Any, state: Any) -> list[Any]:
        models = [state.apps.get_model(app_label, name) for name in self.made]
        return [model for model in models if self.allow_migrate_model(schema_editor.connection.alias, model)]

    def describe(self) -> str:
        """For whoever watches."""
        return f"Make {len(self.made)} tables"
