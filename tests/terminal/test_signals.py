"""A console that is told to end: its orders are saved and its terminal can be used."""

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from console.config.paths import Paths
from console.terminal.ending import restore_terminal, terminal_mode
from console.terminal.hangup import wait_for_hangup
from tests.paths import ROOT
from tests.terminal.consoles import Console
from tests.terminal.steps import add


@contextmanager
def default_handling(number: signal.Signals) -> Iterator[None]:
    """Handle a signal as a terminal's programs do, whoever started the tests; it is inherited."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signal_leaves_a_usable_terminal_and_saved_drafts(
    home: Path, consoles: list[Console], number: signal.Signals
) -> None:
    with default_handling(number):
        console = Console(home, "--mouse")
    consoles.append(console)
    console.sign_in()
    console.see("Type a number")
    console.keys("f2")
    console.see("for Walk-in", "Chicken Supreme")
    add(console, "garlic bread")
    console.see("Added 1 Garlic Bread")
    assert not console.is_line_by_line
    console.signal(number)
    assert console.wait_ended() == 128 + number
    assert console.is_line_by_line
    end = console.latest_output
    for sequence in (b"?1049l", b"?25h", b"?2004l", b"?1000l", b"?1003l"):
        assert sequence in end, sequence
    assert b"Traceback" not in end
    with closing(sqlite3.connect(Paths.under(home).drafts_file)) as drafts:
        assert drafts.execute("SELECT count(*) FROM edit").fetchone() == (1,)


def test_terminal_that_cannot_be_watched_has_not_hung_up() -> None:
    """A closed descriptor answers as a terminal of macOS does: POLLNVAL."""
    reading, writing = os.pipe()
    os.close(writing)
    os.close(reading)
    assert not wait_for_hangup(reading)


def test_terminal_whose_other_side_is_gone_has_hung_up() -> None:
    ours, theirs = pty.openpty()
    os.close(ours)
    assert wait_for_hangup(theirs)
    os.close(theirs)


def test_terminal_is_put_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    mode = terminal_mode(theirs)
    assert mode is not None
    raw = [*mode]
    raw[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(theirs, termios.TCSANOW, raw)
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "__stdout__", terminal)
        restore_terminal(theirs, mode)
        assert terminal_mode(theirs) == mode
        assert b"\x1b[?1049l\x1b[?25h" in os.read(ours, 1000)
    os.close(ours)


def test_process_that_does_not_end_by_itself_is_ended() -> None:
    program = (
        "import threading; from console.terminal.ending import end_within_deadline;"
        "end_within_deadline(0, None, seconds=0); threading.Event().wait()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 1


def test_signal_that_was_ignored_at_the_start_stays_ignored() -> None:
    program = (
        "import asyncio, os, signal; from console.terminal.ending import end_on_signals\n"
        "async def main():\n"
        "    end_on_signals(lambda number: print(number))\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "    await asyncio.sleep(0)\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN); asyncio.run(main()); print('went on')"
    )
    printed = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True)
    assert printed == "went on\n"
