"""One value for each thing an operator can do: it feeds the key, the key bar, the palette and the keys page.

Every screen has a table of them; nothing is bound anywhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from widgets.key_bar import KeyHint

_KEY_NAMES = {
    "escape": "Esc",
    "question_mark": "?",
    "exclamation_mark": "!",
    "semicolon": ";",
    "slash": "/",
    "ampersand": "&",
    "percent_sign": "%",
    "equals_sign": "=",
    "at": "@",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "quotation_mark": '"',
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "delete": "Del",
    "backspace": "Backspace",
    "plus": "+",
    "minus": "-",
    "space": "Space",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do on a screen.

    ``keys`` are Textual's names, the first one is shown. ``label`` is for the key bar, empty to leave it
    out there; ``help`` is the sentence on the keys page, empty to leave it out. ``shown`` is how the page
    names the keys where that is not one after the other. ``priority`` takes the key before a text field
    gets it, ``in_palette`` offers it by name.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    priority: bool = False
    keys_text: str = ""
    in_palette: bool = True

    @property
    def key_names(self) -> str:
        """The keys as people read them."""
        return self.keys_text or "  ".join(key_name(key) for key in self.keys.split(","))


def key_name(key: str) -> str:
    """``f2`` as ``F2``, ``ctrl+q`` as ``^Q``."""
    if key.startswith("ctrl+"):
        return f"^{key[5:].upper()}"
    return _KEY_NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The commands as Textual's bindings; each keeps its id, so that a user can give it another key."""
    return [
        Binding(c.keys, c.action, c.label or c.help, show=False, priority=c.priority, id=c.id)
        for c in commands
    ]


def hints(commands: Iterable[Command]) -> tuple[KeyHint, ...]:
    """What the key bar shows."""
    return tuple(KeyHint(key_name(c.keys.split(",")[0]), c.label) for c in commands if c.label)


def navigation_commands(prefix: str) -> tuple[Command, ...]:
    """The keys that move the mark of a list by rows and pages: actions ``move`` and ``page``."""
    keys_text = "Up  Down  PgUp  PgDn"
    return (
        Command(f"{prefix}.up", "up", "move(-1)", "", "Move the mark", keys_text=keys_text, in_palette=False),
        Command(f"{prefix}.down", "down", "move(1)", "", ""),
        Command(f"{prefix}.page_up", "pageup", "page(-1)", "", ""),
        Command(f"{prefix}.page_down", "pagedown", "page(1)", "", ""),
    )


def field_navigation_commands(prefix: str) -> tuple[Command, ...]:
    """The keys that go from field to field of a form."""
    return (
        Command(
            f"{prefix}.next",
            "tab,down",
            "app.focus_next",
            "Next field",
            "To the next field; Enter too",
            in_palette=False,
        ),
        Command(
            f"{prefix}.previous",
            "shift+tab,up",
            "app.focus_previous",
            "",
            "To the field before",
            in_palette=False,
        ),
    )


QUESTION_MARK_HELP = Command("keys.question", "question_mark", "question", "Keys", "", priority=True)
"""The keys page where no text is begun; with one, a question mark is a letter like any other."""
F1_HELP = Command(
    "keys",
    "f1",
    "keys",
    "",
    "Show the keys of this screen",
    priority=True,
    keys_text="?  F1",
    in_palette=False,
)
HELP_COMMANDS = (QUESTION_MARK_HELP, F1_HELP)
FORM_HELP_COMMANDS = (
    Command("keys.question", "question_mark", "question", "", "", priority=True),
    Command("keys", "f1", "keys", "Keys", F1_HELP.help, priority=True, keys_text="F1  ?", in_palette=False),
)
"""The same on a screen whose fields are seldom empty: the bar shows F1."""
BACK = Command("back", "escape,f12", "back", "Back", "Go back; nothing is lost")
SETTINGS = Command("settings", "f9", "app.settings", "", "Settings and store profiles")
PALETTE = Command("palette", "ctrl+p", "app.palette", "", "Find a command by name", in_palette=False)
QUIT = Command("quit", "ctrl+q", "app.leave", "", "Quit; orders that are not sent are kept", priority=True)
GLOBAL_COMMANDS = (SETTINGS, PALETTE, QUIT)
"""Bound by the application: they work on every screen, and quitting also in what lies over one."""
