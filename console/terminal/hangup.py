"""Notices a terminal that has hung up where no signal says so, so that no process is left behind.

Textual would go on reading such a terminal, which takes a whole processor core.
"""

import os
import select
import threading
from collections.abc import Callable

SHUTDOWN_SECONDS = 10.0
"""Seconds after which the process is ended: everything saved is durable."""


def watch_for_hangup(terminal: int, on_hangup: Callable[[], object]) -> None:
    """Call ``on_hangup`` once a terminal's other side hangs up; a sleeping thread waits for it."""

    def wait() -> None:
        poller = select.poll()
        poller.register(terminal, 0)  # nothing but errors and hang-ups
        poller.poll()
        timer = threading.Timer(SHUTDOWN_SECONDS, os._exit, args=(1,))
        timer.daemon = True
        timer.start()
        on_hangup()

    threading.Thread(target=wait, name="watch for a hangup", daemon=True).start()
