"""Queued updates: the receipt of one, and how far the platform has come with it.

Read by ``product_changes``.
"""

from enum import StrEnum
from typing import Annotated, cast

from pydantic import Field, PlainValidator

from console.api.wire import Text, WireDate, WireInt, WireModel, clean, spelt


class TaskStatus(StrEnum):
    """How far a task is (Get MSMQ Error Details, TaskStatus)."""

    COMPLETED = "C"
    IN_PROGRESS = "U"
    FAILED = "F"


class QueuedTask(WireModel):
    """The receipt of an update that is queued: done later, and not done if the task fails."""

    task_id: WireInt = Field(validation_alias=spelt("Taskid", "TaskId", "TaskID", "taskid"))


def _lines(value: object) -> tuple[str, ...]:
    """The documents print null only: a text and a list of whatever are both read."""
    match value:
        case None | "":
            return ()
        case list():
            return tuple(clean(str(line)) for line in cast("list[object]", value) if line is not None)
        case _:
            return (clean(str(value)),)


class Task(WireModel):
    """A queued update (Get MSMQ Task Details). ``validations`` say why one failed, a fault each."""

    task_id: WireInt = Field(validation_alias=spelt("TaskID", "TaskId", "Taskid", "taskid"))
    status: TaskStatus = Field(validation_alias=spelt("TaskStatus"))
    name: Text = Field(default="", validation_alias=spelt("TaskName"))
    rows: WireInt = Field(default=0, validation_alias=spelt("NoOfRows"))
    """How many products it names."""
    parameter: Text = Field(default="", validation_alias=spelt("ParamName"))
    file: Text = Field(default="", validation_alias=spelt("ParamValue"))
    started: WireDate = Field(default=None, validation_alias=spelt("StartDate"))
    created: WireDate = Field(default=None, validation_alias=spelt("CreatedDate"))
    updated: WireDate = Field(default=None, validation_alias=spelt("LastUpdated"))
    validations: Annotated[tuple[str, ...], PlainValidator(_lines)] = Field(
        default=(), validation_alias=spelt("Validations")
    )
