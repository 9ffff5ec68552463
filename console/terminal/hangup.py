"""Notices that the terminal is gone, where no signal says so: a dropped line must not leave a process behind.

Used by the command line. Textual goes on reading a terminal that has hung up, at the cost of a whole core.
"""

import os
import select
import threading
from collections.abc import Callable

SHUTDOWN_SECONDS = 10.0
"""A console that is not done by then ends as it is: what it saved is durable."""


def watch_for_hangup(terminal: int, on_hangup: Callable[[], object]) -> None:
    """Call ``on_hangup`` once the other side of this file descriptor hangs up. The thread sleeps until then."""

    def wait() -> None:
        poller = select.poll()
        poller.register(terminal, 0)  # nothing but errors and hang-ups
        poller.poll()
        timer = threading.Timer(SHUTDOWN_SECONDS, os._exit, args=(1,))
        timer.daemon = True
        timer.start()
        on_hangup()

    threading.Thread(target=wait, name="notice a hang-up", daemon=True).start()
