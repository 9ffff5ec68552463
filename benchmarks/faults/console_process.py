"""Start, read and kill the process of a console.

Processes are forked from a server that has imported everything, so that they start quickly.
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
    # The server does not inherit sys.path, and must find the benchmarks package.
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.faults.worker"])
    return context


CONTEXT = _forkserver_context()


class ConsoleProcess:
    """One process of a console. Create it with ``start``."""

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
        """Start a console with an assignment."""
        ours, theirs = socket.socketpair()
        process = CONTEXT.Process(target=worker.work, args=(assignment, theirs), daemon=True)
        # Start on this thread, which also waits for children: two threads would take each other's exit codes.
        process.start()
        theirs.close()
        return cls(process, *await asyncio.open_connection(sock=ours))

    async def read_report(self) -> str:
        """Return the next report, empty once the process has ended."""
        try:
            return (await self._reader.readline()).decode().strip()
        except ConnectionError:
            return ""

    def set_clock_offset(self, offset: float) -> None:
        """Set the offset of its clock in seconds."""
        self._writer.write(f"{offset:.3f}\n".encode())

    async def kill(self) -> int | None:
        """Kill the process by SIGKILL unless it has ended, and return its exit code."""
        self._process.kill()
        return await self.wait_ended()

    async def wait_ended(self) -> int | None:
        """Wait until the process has ended and return its exit code."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        self._writer.close()
        return self._process.exitcode
