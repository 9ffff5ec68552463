"""The yardstick: the smallest Textual application with a field, a table of 1,000 rows and a second screen.

Run by ``terminal.py`` side by side with the console; written plainly, as Textual's own guide would have it.
"""

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import DataTable, Input, Label

ROWS = 1000


class SecondScreen(Screen[None]):
    """A screenful of text."""

    BINDINGS = (("escape", "dismiss", "Back"),)

    def compose(self) -> ComposeResult:
        """One line a row."""
        for number in range(1, 21):
            yield Label(f"Line {number} of the second screen")


class MinimalApp(App[None]):
    """One input above one table."""

    BINDINGS = [("f2", "second", "Second screen")]  # noqa: RUF012  # as Textual declares it

    def compose(self) -> ComposeResult:
        """The input has the focus."""
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
