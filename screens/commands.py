"""One value for each thing an operator can do: it feeds the key, the key bar, the palette and the keys page.

Every screen has a table of them; nothing is bound anywhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from widgets.key_bar import KeyHint

_NAMES = {"escape": "Esc", "question_mark": "?", "enter": "Enter", "tab": "Tab", "delete": "Del", "plus": "+"}


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do on a screen.

    ``keys`` are Textual's names, the first one is shown. ``label`` is for the key bar, empty to leave it
    out there; ``help`` is the sentence on the keys page and in the palette. ``priority`` takes the key
    before a text field gets it.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    priority: bool = False

    @property
    def key_names(self) -> tuple[str, ...]:
        """The keys as people read them."""
        return tuple(key_name(key) for key in self.keys.split(","))


def key_name(key: str) -> str:
    """``f2`` as ``F2``, ``ctrl+q`` as ``^Q``."""
    if key.startswith("ctrl+"):
        return f"^{key[5:].upper()}"
    return _NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The commands as Textual's bindings; each keeps its id, so that a user can give it another key."""
    return [
        Binding(c.keys, c.action, c.label or c.help, show=False, priority=c.priority, id=c.id)
        for c in commands
    ]


def hints(commands: Iterable[Command]) -> tuple[KeyHint, ...]:
    """What the key bar shows."""
    return tuple(KeyHint(c.key_names[0], c.label) for c in commands if c.label)


KEYS = Command("keys", "question_mark,f1", "keys", "Keys", "Show the keys of this screen", priority=True)
BACK = Command("back", "escape,f12", "back", "Back", "Go back; nothing is lost")
SETTINGS = Command("settings", "f9", "app.settings", "", "Settings and store profiles")
PALETTE = Command("palette", "ctrl+p", "app.command_palette", "", "Find a command by name")
QUIT = Command("quit", "ctrl+q", "app.leave", "", "Quit; orders that are not sent are kept", priority=True)
EVERYWHERE = (SETTINGS, PALETTE, QUIT)
