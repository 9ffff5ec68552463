"""Commands: each is one value that feeds the key, the key bar, the palette and the keys page.

Every screen has a table of them; keys are bound nowhere else.
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
    "percent_sign": "%",
    "equals_sign": "=",
    "at": "@",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "colon": ":",
    "comma": ",",
    "full_stop": ".",
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

_SAME_SIGNS = {
    "question_mark": "arabic_question_mark",
    "semicolon": "arabic_semicolon",
    "comma": "arabic_comma",
    "percent_sign": "arabic_percent_sign",
}
"""The same signs on an Arabic keyboard."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a screen.

    ``keys`` are Textual's names; the first one is shown. ``label`` is for the key bar and ``help`` for the
    keys page; empty leaves the command out there. ``keys_text`` names the keys on the page, by default one
    after the other. ``priority`` takes the key before a text field does; ``in_palette`` offers it by name.
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
        """The names of the keys for the operator."""
        return self.keys_text or "  ".join(key_name(key) for key in self.keys.split(","))


def key_name(key: str) -> str:
    """Return the name of a key for the operator: ``f2`` is F2, ``ctrl+q`` is ^Q."""
    if key.startswith("ctrl+"):
        return f"^{key[5:].upper()}"
    return _KEY_NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return Textual's bindings; each has the id of its command, so that a user can give it another key."""
    return [
        Binding(
            _with_same_signs(c.keys), c.action, c.label or c.help, show=False, priority=c.priority, id=c.id
        )
        for c in commands
    ]


def _with_same_signs(keys: str) -> str:
    names = keys.split(",")
    return ",".join((*names, *(_SAME_SIGNS[name] for name in names if name in _SAME_SIGNS)))


def hints(commands: Iterable[Command]) -> tuple[KeyHint, ...]:
    """Return what the key bar shows."""
    return tuple(KeyHint(key_name(c.keys.split(",")[0]), c.label) for c in commands if c.label)


def navigation_commands(prefix: str) -> tuple[Command, ...]:
    """Return the keys that move the cursor of a list: actions ``move`` and ``page``."""
    keys_text = "Up  Down  PgUp  PgDn"
    return (
        Command(
            f"{prefix}.up", "up", "move(-1)", "", "Move the selection", keys_text=keys_text, in_palette=False
        ),
        Command(f"{prefix}.down", "down", "move(1)", "", ""),
        Command(f"{prefix}.page_up", "pageup", "page(-1)", "", ""),
        Command(f"{prefix}.page_down", "pagedown", "page(1)", "", ""),
    )


def field_navigation_commands(prefix: str) -> tuple[Command, ...]:
    """Return the keys that go from field to field of a form."""
    return (
        Command(
            f"{prefix}.next",
            "tab,down",
            "app.focus_next",
            "Next field",
            "Next field; Enter too",
            in_palette=False,
        ),
        Command(
            f"{prefix}.previous",
            "shift+tab,up",
            "app.focus_previous",
            "",
            "Previous field",
            in_palette=False,
        ),
    )


QUESTION_MARK_HELP = Command("keys.question", "question_mark", "question", "Keys", "", priority=True)
"""Opens the keys page in an empty field; in a text, a question mark is a letter."""
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
"""The same on a form: its fields are seldom empty, so the bar shows F1."""
BACK = Command("back", "escape,f12", "back", "Back", "Go back; nothing is lost")
SETTINGS = Command("settings", "f9", "app.settings", "", "Settings and store profiles")
PALETTE = Command("palette", "ctrl+p", "app.palette", "", "Find a command by name", in_palette=False)
QUIT = Command("quit", "ctrl+q", "app.leave", "", "Quit; unsent orders stay saved", priority=True)
GLOBAL_COMMANDS = (SETTINGS, PALETTE, QUIT)
"""Bound by the application: they work on every screen; quitting also in a dialog."""
