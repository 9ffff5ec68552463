"""Run a program in a pseudo-terminal and time the bytes it writes.

The terminal answers no queries, like the simplest of real terminals.
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

SILENCE = 0.03
"""Seconds without a byte that end a burst."""
PATIENCE = 60.0
"""Seconds to wait for a text on the screen."""

KEYS = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "shift+tab": "\x1b[Z",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "ctrl+q": "\x11", "ctrl+u": "\x15", "ctrl+p": "\x10", "f12": "\x1b[24~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
}  # fmt: skip
"""Escape sequences and control characters by key name."""


class CannotRunError(Exception):
    """The program ended or did not show the expected text; the message has the screen."""


@dataclass(frozen=True, slots=True)
class Burst:
    """Bytes received without a pause: their number, and the seconds from the key to the last one."""

    seconds: float
    size: int


class PseudoTerminal:
    """A program in a terminal of its own, and the text of its screen. Close it to end the program."""

    def __init__(
        self, command: Sequence[str], *, columns: int, rows: int, environment: Mapping[str, str]
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.latest_output = b""
        """The last bytes that the program wrote, at most 4 KB."""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started_at = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=dict(environment),
            start_new_session=True,
        )
        os.close(theirs)

    @property
    def text(self) -> str:
        """Text of the whole screen."""
        return "\n".join(self._screen.display)

    def burst(self, since: float, *, patience: float, silence: float = SILENCE) -> Burst | None:
        """Read the next burst, timed from ``since``; ``None`` if none begins within ``patience`` seconds."""
        received: list[bytes] = []
        last = since
        wait = patience
        while select.select([self._ours], [], [], wait)[0]:
            try:
                data = os.read(self._ours, 65536)
            except OSError:  # Linux raises EIO once the program has ended
                break
            if not data:
                break
            last = time.perf_counter()
            received.append(data)
            wait = silence
        self._stream.feed(b"".join(received))
        self.latest_output = (self.latest_output + b"".join(received))[-4096:]
        size = sum(map(len, received))
        return Burst(last - since, size) if size else None

    def press(self, key: str, marker: str = "") -> Burst | None:
        """Send a key and return its first burst, or everything until ``marker`` is on the screen.

        Raises:
            CannotRunError: The marker does not appear.
        """
        since = time.perf_counter()
        self.send(key)
        return self.wait_for(marker, since) if marker else self.burst(since, patience=1.0)

    def send(self, key: str) -> None:
        """Type a key by its name, or a text as it is."""
        os.write(self._ours, KEYS.get(key, key).encode())

    def until(self, condition: Callable[[str], bool], description: str) -> str:
        """Read until the screen meets the condition and return the screen.

        Raises:
            CannotRunError: It does not within ``PATIENCE``; the message has ``description``.
        """
        end = time.perf_counter() + PATIENCE
        while not condition(self.text):
            now = time.perf_counter()
            if now > end or not self.burst(now, patience=end - now, silence=0.0):
                raise CannotRunError(f"The screen does not show {description}, but:\n{self.text}")
        return self.text

    def kill(self) -> None:
        """End the program by SIGKILL, without a chance to clean up."""
        self._process.kill()
        self._process.wait()

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    @property
    def is_line_by_line(self) -> bool:
        """Return True if the terminal echoes what is typed, and waits for Enter, as a shell leaves it."""
        flags: int = termios.tcgetattr(self._ours)[3]
        return bool(flags & termios.ECHO and flags & termios.ICANON)

    def hang_up(self) -> None:
        """Close the terminal while the program runs."""
        os.close(self._ours)
        self._ours = -1

    def wait(self) -> int:
        """Wait until the program ends by itself and return its exit code."""
        return self._process.wait(timeout=PATIENCE)

    def wait_ended(self) -> int:
        """Read until the program ends by itself and return its exit code."""
        while self.burst(time.perf_counter(), patience=PATIENCE):
            pass
        return self.wait()

    def wait_for(self, marker: str, since: float) -> Burst:
        """Read until the screen shows ``marker``; the burst is everything read, timed from ``since``.

        Raises:
            CannotRunError: The marker does not appear.
        """
        size = 0
        end = since + PATIENCE
        while (left := end - time.perf_counter()) > 0 and (burst := self.burst(since, patience=left)):
            size += burst.size
            if marker in self.text:
                return Burst(burst.seconds, size)
        raise CannotRunError(f"{marker!r} did not appear. The screen shows:\n{self.text}")

    def settle(self, seconds: float) -> int:
        """Read until no byte comes for ``seconds`` and return the number of bytes read."""
        burst = self.burst(time.perf_counter(), patience=seconds, silence=seconds)
        return burst.size if burst else 0

    def count(self, seconds: float) -> int:
        """Return the number of bytes that come within ``seconds``."""
        size = 0
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            burst = self.burst(end, patience=left)
            size += burst.size if burst else 0
        return size

    def peak_memory(self) -> int:
        """Return the peak resident memory of the program in bytes (VmHWM)."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        raise CannotRunError("The program has ended.")

    def close(self) -> None:
        """End the program."""
        self._process.kill()
        self._process.wait()
        if self._ours >= 0:
            os.close(self._ours)
