"""Work behind the screens that nobody awaits: what it fails of is never lost.

Used by the engine and the link, and by the desk for what it does behind the screens.
"""

import asyncio
from collections.abc import Callable, Coroutine


def spawn(
    work: Coroutine[None, None, None], *, name: str, on_failure: Callable[[], None]
) -> asyncio.Task[None]:
    """Run ``work`` as a task. An exception that ends it goes to the event loop's handler with its
    traceback, and ``broken`` is called to tell the operator; being cancelled is no fault.
    """
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(lambda ended: _report_failure(ended, on_failure))
    return task


def _report_failure(task: asyncio.Task[None], on_failure: Callable[[], None]) -> None:
    if task.cancelled() or (error := task.exception()) is None:
        return
    task.get_loop().call_exception_handler(
        {"message": f"{task.get_name()} ended with a fault", "exception": error, "task": task}
    )
    on_failure()
