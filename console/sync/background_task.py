"""Background tasks whose exceptions are never lost."""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context


def spawn(
    work: Coroutine[None, None, None], *, name: str, on_failure: Callable[[], None]
) -> asyncio.Task[None]:
    """Run ``work`` as a task that nobody awaits.

    An exception that ends it goes to the event loop's handler with its traceback, and ``on_failure`` is
    called; cancelling it is no failure.
    """
    # A context of its own: a copy of the caller's would keep the screen that was open alive with the task.
    context = Context()
    task = asyncio.create_task(work, name=name, context=context)
    # In another one: a newer Python runs the handler of the event loop in the context of the task.
    task.add_done_callback(lambda ended: _report_failure(ended, on_failure), context=Context())
    return task


def _report_failure(task: asyncio.Task[None], on_failure: Callable[[], None]) -> None:
    if task.cancelled() or (error := task.exception()) is None:
        return
    task.get_loop().call_exception_handler(
        {"message": f"{task.get_name()} ended with a fault", "exception": error, "task": task}
    )
    on_failure()
