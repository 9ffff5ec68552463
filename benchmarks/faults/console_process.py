"""A console's process as the run sees it: started in a moment, listened to, killed by SIGKILL.

Used by ``fault_run.py``. Processes are forked from a server that has imported everything and done nothing.
"""

import asyncio
import multiprocessing
import multiprocessing.context
import os
import signal
import socket
from pathlib import Path

from benchmarks.faults import worker
from benchmarks.faults.worker import Assignment

KILLED = -signal.SIGKILL


def _forkserver_context() -> multiprocessing.context.ForkServerContext:
    # The server has no path of its own to the modules beside this one.
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.faults.worker"])
    return context


CONTEXT = _forkserver_context()


class ConsoleProcess:
    """One life of a console. Make it with ``start``."""

    def __init__(
        self,
        process: multiprocessing.context.ForkServerProcess,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer

    @classmethod
    async def start(cls, assignment: Assignment) -> "ConsoleProcess":
        """Start it, with this to do."""
        ours, theirs = socket.socketpair()
        process = CONTEXT.Process(target=worker.work, args=(assignment, theirs), daemon=True)
        # On this thread, as all that looks at children: two that look at once take each other's exit codes.
        process.start()
        theirs.close()
        return cls(process, *await asyncio.open_connection(sock=ours))

    async def read_report(self) -> str:
        """The next thing it says, empty once it has ended."""
        try:
            return (await self._reader.readline()).decode().strip()
        except ConnectionError:
            return ""

    def set_clock_offset(self, offset: float) -> None:
        """Set its clock off by so many seconds."""
        self._writer.write(f"{offset:.3f}\n".encode())

    async def kill(self) -> int | None:
        """Kill it by SIGKILL, unless it has ended; its exit code."""
        self._process.kill()
        return await self.wait_ended()

    async def wait_ended(self) -> int | None:
        """Wait until it has ended; its exit code."""
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, over.set)
        try:
            await over.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        self._writer.close()
        return self._process.exitcode
