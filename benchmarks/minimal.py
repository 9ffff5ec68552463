"""Baseline: a minimal Textual application with an input, a table of 1,000 rows and a second screen.

Run: ``python -m benchmarks.minimal``. ``benchmarks.terminal`` compares the console with it.
It is written as Textual's own guide does it.
"""

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import DataTable, Input, Label

ROWS = 1000


class SecondScreen(Screen[None]):
    """Screen full of text."""

    BINDINGS = (("escape", "dismiss", "Back"),)

    def compose(self) -> ComposeResult:
        """Yield one label per row."""
        for number in range(1, 21):
            yield Label(f"Line {number} of the second screen")


class MinimalApp(App[None]):
    """Application with an input above a table."""

    BINDINGS = [("f2", "second", "Second screen")]  # noqa: RUF012  # as Textual declares it

    def compose(self) -> ComposeResult:
        """Yield the input first, so that it has the focus."""
        yield Input(placeholder="Search")
        yield DataTable[str](cursor_type="row")

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns("Number", "Name", "Mobile", "Price")
        for number in range(ROWS):
            table.add_row(f"{number}", f"Customer {number}", f"+965 5555 {number:04}", f"{number % 90}.500")

    def action_second(self) -> None:
        """Open the second screen."""
        self.push_screen(SecondScreen())


if __name__ == "__main__":
    MinimalApp().run()
