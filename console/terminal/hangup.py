"""Notices a terminal that has hung up where no signal says so, so that no process is left behind.

Textual would go on reading such a terminal, which takes a whole processor core.
"""

import select
import threading
from collections.abc import Callable


def watch_for_hangup(terminal: int, on_hangup: Callable[[], object]) -> None:
    """Call ``on_hangup`` once a terminal's other side hangs up; a sleeping thread waits for it."""

    def wait() -> None:
        if wait_for_hangup(terminal):
            on_hangup()

    threading.Thread(target=wait, name="watch for a hangup", daemon=True).start()


def wait_for_hangup(terminal: int) -> bool:
    """Wait until a terminal's other side hangs up; return False at once if it cannot be watched.

    macOS polls no terminals: it answers ``POLLNVAL``, which says nothing about the other side. There, the
    signal of a hang-up is what ends the console.
    """
    poller = select.poll()
    poller.register(terminal, 0)  # nothing but errors and hang-ups
    return any(not event & select.POLLNVAL for _, event in poller.poll())
