"""Ends the console when a signal asks for it, and leaves a terminal that can be used."""

import asyncio
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

SHUTDOWN_SECONDS = 10.0
"""Seconds after which the process is ended: everything saved is durable."""

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

_LEAVE = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l"  # no mouse
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l"  # no bracketed paste, no news of focus and size
    "\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"  # its own keyboard, wrapped lines, its own screen, a cursor
)

TerminalMode = list[Any]
"""Flags, speeds and control characters: a list of mixed types, as ``termios`` defines it."""


def terminal_mode(terminal: int) -> TerminalMode | None:
    """Return the mode of a terminal, None if it is none."""
    with suppress(termios.error, OSError):
        return termios.tcgetattr(terminal)
    return None


def restore_terminal(terminal: int, mode: TerminalMode | None) -> None:
    """Leave full-screen mode as far as the terminal still takes it, whatever the program was doing."""
    with suppress(OSError):
        os.write(sys.__stdout__.fileno() if sys.__stdout__ else terminal, _LEAVE.encode())
    if mode is not None:
        with suppress(termios.error, OSError):
            termios.tcsetattr(terminal, termios.TCSANOW, mode)


def end_on_signals(on_signal: Callable[[int], object]) -> None:
    """Call ``on_signal`` with each signal that asks this process to end; in its event loop.

    One that was ignored at the start, as ``nohup`` does, stays ignored.
    """
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, on_signal, int(number))


def end_within_deadline(
    terminal: int, mode: TerminalMode | None, *, seconds: float = SHUTDOWN_SECONDS
) -> threading.Timer:
    """End the process after a while if it has not ended by itself, with its terminal restored."""

    def end() -> None:
        restore_terminal(terminal, mode)
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    return timer
