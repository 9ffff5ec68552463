"""Queued updates: the receipt of one, and its progress."""

from enum import StrEnum
from typing import Annotated, cast

from pydantic import Field, PlainValidator

from console.api.transport.wire_types import Text, WireDate, WireInt, WireModel, aliases, clean_text


class TaskStatus(StrEnum):
    """Status of a task (Get MSMQ Error Details, TaskStatus)."""

    COMPLETED = "C"
    IN_PROGRESS = "U"
    FAILED = "F"


class QueuedTask(WireModel):
    """The receipt of a queued update: it is done later, and not at all if the task fails."""

    task_id: WireInt = Field(validation_alias=aliases("Taskid", "TaskId", "TaskID", "taskid"))


def _validation_texts(value: object) -> tuple[str, ...]:
    """Read a text, or a list of any values, as texts; the documents print only null."""
    match value:
        case None | "":
            return ()
        case list():
            return tuple(clean_text(str(line)) for line in cast("list[object]", value) if line is not None)
        case _:
            return (clean_text(str(value)),)


class WireTask(WireModel):
    """A queued update (Get MSMQ Task Details). ``validations`` lists the errors of a failed one."""

    task_id: WireInt = Field(validation_alias=aliases("TaskID", "TaskId", "Taskid", "taskid"))
    status: TaskStatus = Field(validation_alias=aliases("TaskStatus"))
    name: Text = Field(default="", validation_alias=aliases("TaskName"))
    rows: WireInt = Field(default=0, validation_alias=aliases("NoOfRows"))
    """Number of products in the update."""
    parameter: Text = Field(default="", validation_alias=aliases("ParamName"))
    file: Text = Field(default="", validation_alias=aliases("ParamValue"))
    started_at: WireDate = Field(default=None, validation_alias=aliases("StartDate"))
    created_at: WireDate = Field(default=None, validation_alias=aliases("CreatedDate"))
    updated_at: WireDate = Field(default=None, validation_alias=aliases("LastUpdated"))
    validations: Annotated[tuple[str, ...], PlainValidator(_validation_texts)] = Field(
        default=(), validation_alias=aliases("Validations")
    )
