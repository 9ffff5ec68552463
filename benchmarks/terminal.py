"""What the console costs at the keys, measured in a pseudo-terminal beside a minimal Textual application.

Run by anyone: ``python benchmarks/terminal.py``. It needs Linux and what the tests need, and judges nothing.

The steps of the two programs, in order; those with a label make a row of the table, the others lead there:

    label            console                                   minimal.py
    start            until the sign-in is on the screen        until the table is on the screen
                     name, Tab, password, Enter, a             Tab into the table
    cursor key       in the list of customers                  in the table
                                                               Shift+Tab into the input
    letter           in the customer search                    in the input
    open a screen    Enter on a customer, and back             F2, and back
    idle             in the customer search                    in the input
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.pseudo_terminal import SILENCE, Burst, CannotRunError, PseudoTerminal

SIZES = ((120, 36), (80, 24))
SETTLE_SECONDS = 0.4
"""Seconds in which what follows a key's first burst (results that were fetched) is counted as its own."""
IDLE_SECONDS = 5.0
"""Seconds of doing nothing."""
OPERATOR, PASSWORD = "layla@sandbox.example", "counter-1"
"""The sandbox store's demonstration sign-in."""


@dataclass(frozen=True, slots=True)
class Step:
    """Keys to press. With a label each one is measured; ``marker`` is awaited after the last one.

    ``back`` are pressed afterwards, and the whole is done ``times`` times: to open a screen again.
    """

    keys: tuple[str, ...]
    label: str = ""
    marker: str = ""
    keys_back: tuple[str, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Program:
    """A command, the text by which its first paint is known, and the steps."""

    command: tuple[str, ...]
    marker: str
    steps: tuple[Step, ...]


LETTERS = ("a", "h", "m", "backspace", "backspace", "backspace", "o", "m", "backspace", "backspace")
ROWS = ("down",) * 10 + ("up",) * 6


def console(command: Sequence[str], operator: str, password: str) -> Program:
    """The console on its sandbox store."""
    sign_in = Step((*operator, "tab", *password, "enter"), marker="Type a number")
    return Program(
        tuple(command),
        "Password",
        (
            sign_in,
            Step(("a",), marker="+965"),
            Step(ROWS, "cursor key"),
            Step(LETTERS, "letter"),
            Step(("enter",), "open a screen", marker="Total", keys_back=("escape",)),
        ),
    )


def minimal() -> Program:
    """The yardstick."""
    return Program(
        (sys.executable, str(Path(__file__).with_name("minimal.py"))),
        "Customer 1 ",
        (
            Step(("tab",)),
            Step(ROWS, "cursor key"),
            Step(("shift+tab",)),
            Step(LETTERS, "letter"),
            Step(("f2",), "open a screen", marker="Line 20", keys_back=("escape",), times=3),
        ),
    )


Figures = dict[str, float]
"""What was measured: the row's title to its figure."""


def measure(program: Program, *, columns: int, rows: int, starts: int) -> Figures:
    """Run a program through its steps.

    Raises:
        CannotRunError: it does not show what its steps wait for.
    """
    figures: Figures = {}
    first: list[Burst] = []
    for turn in range(starts):
        with tempfile.TemporaryDirectory() as home:
            terminal = PseudoTerminal(
                program.command, columns=columns, rows=rows, environment=environment(home)
            )
            try:
                first.append(terminal.wait_for(program.marker, terminal.started_at))
                if turn == starts - 1:
                    walk(terminal, program.steps, figures)
            finally:
                terminal.close()
    start: Figures = {}
    note(start, "start", first)
    return start | figures


def environment(home: str) -> Mapping[str, str]:
    """A terminal with all colours, and a console that starts with nothing remembered."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
    kept.pop("NO_COLOR", None)
    return kept | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "STORE_CONSOLE_HOME": home}


def walk(terminal: PseudoTerminal, steps: Sequence[Step], figures: Figures) -> None:
    """Press the keys of all steps, then do nothing for a while, and note what it cost."""
    terminal.settle(SETTLE_SECONDS)
    for step in steps:
        pause = SETTLE_SECONDS if step.label else SILENCE
        bursts: list[Burst] = []
        afterwards: list[int] = []
        for _ in range(step.times):
            for place, key in enumerate(step.keys, 1):
                burst = terminal.press(key, step.marker if place == len(step.keys) else "")
                bursts += [burst] if burst else []
                afterwards.append(terminal.settle(pause))
            for key in step.keys_back:
                terminal.press(key)
                terminal.settle(pause)
        if step.label:
            note(figures, step.label, bursts)
            figures[f"{step.label}, bytes afterwards"] = median(afterwards)
    figures["idle, bytes a second"] = terminal.count(IDLE_SECONDS) / IDLE_SECONDS
    figures["peak memory, MB"] = terminal.peak_memory() / 1e6


def note(figures: Figures, label: str, bursts: Sequence[Burst]) -> None:
    """Write down the medians of some bursts."""
    if bursts:
        figures[f"{label}, ms"] = median(burst.seconds for burst in bursts) * 1000
        figures[f"{label}, bytes"] = median(burst.size for burst in bursts)


def table(title: str, ours: Figures, theirs: Figures) -> str:
    """The two programs side by side, with what ours is of the other."""
    lines = [f"{title:<32}{'console':>10}{'minimal':>10}{'ratio':>8}"]
    for label in [*ours, *(label for label in theirs if label not in ours)]:
        mine, other = ours.get(label), theirs.get(label)
        ratio = f"{mine / other:.2f}" if mine is not None and other else ""
        lines.append(f"{label:<32}{figure(mine):>10}{figure(other):>10}{ratio:>8}")
    return "\n".join(lines)


def figure(value: float | None) -> str:
    """A figure for a column; nothing where nothing was measured."""
    if value is None:
        return "-"
    return f"{value:.1f}" if value < 100 and value != int(value) else f"{value:.0f}"


def parse_arguments() -> argparse.Namespace:
    """What was asked for."""
    installed_command = Path(sys.executable).with_name("store-console")
    parser = argparse.ArgumentParser(description="Measure the console beside a minimal Textual application.")
    parser.add_argument("--operator", default=OPERATOR, help="who signs in to the sandbox store")
    parser.add_argument("--password", default=PASSWORD)
    parser.add_argument("--starts", type=int, default=5, help="how often each program is started")
    parser.add_argument(
        "command", nargs="*", default=[str(installed_command)], help="how the console is started"
    )
    return parser.parse_args()


def main() -> int:
    """Measure both programs in both sizes and print a table for each size."""
    arguments = parse_arguments()
    ours = console(arguments.command, arguments.operator, arguments.password)
    for columns, rows in SIZES:
        try:
            both = [
                measure(program, columns=columns, rows=rows, starts=arguments.starts)
                for program in (ours, minimal())
            ]
        except (CannotRunError, OSError) as error:
            print(error, file=sys.stderr)
            return 1
        print(table(f"{columns}x{rows}", *both), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
