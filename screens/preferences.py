"""The form of what is the same with every store profile: printing, what is remembered, looks.

Opened from the settings; the answer is a sentence once it is saved.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from console.config.settings import Colour, Settings
from screens.commands import bindings
from screens.settings_form import Question, SettingsForm, form_commands, one_of
from widgets.header import HeaderState

if TYPE_CHECKING:
    from console.services.settings import SettingsService

COMMANDS = form_commands("preferences", "Save the preferences")
QUESTIONS = (
    Question(
        "print_command",
        "Print command",
        "none",
        "is one line of at most 200 characters.",
        "prints the ticket it reads as its input: lp, cat >/dev/lp0",
    ),
    Question(
        "ticket_width",
        "Ticket width",
        "42",
        "is a whole number, 20 to 120.",
        "characters of a line of a ticket, 20 to 120",
    ),
    Question(
        "recent_customer_days",
        "Recent customers",
        "30",
        "is a whole number, 0 to 3650; 0 keeps none.",
        "days customers and saved tickets stay here; 0 keeps none",
    ),
    Question(
        "offline_sign_in_days",
        "Offline sign-in",
        "7",
        "is a whole number, 0 to 365; 0 for never.",
        "days after a sign-in that it works offline; 0 for never",
    ),
    Question(
        "debounce_ms",
        "Search waits",
        "150",
        "is a whole number, 0 to 5000.",
        "milliseconds without a key before a customer is searched",
    ),
    Question(
        "theme",
        "Theme",
        "the terminal's own colours",
        "is a name such as nord or textual-light; empty for the terminal's own colours.",
        "from the next start: a name such as nord or textual-light",
    ),
    Question("colour", "Colour", "auto", f"is {one_of(Colour)}.", f"from the next start: {one_of(Colour)}"),
)


class PreferencesScreen(SettingsForm[Settings]):
    """Every field can be typed; one that is left empty gets the default."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Preferences"

    def __init__(self, settings: "SettingsService") -> None:
        values = settings.settings.model_dump(mode="json")
        super().__init__(settings, QUESTIONS, {q.key: str(values[q.key]) for q in QUESTIONS})

    def header(self) -> HeaderState:
        """No store: this is about all of them."""
        return HeaderState(store="Preferences")

    def entered(self) -> Settings:
        """The settings as they are typed."""
        return self.settings.settings.with_values(**self._entered())

    def misfits(self) -> dict[str, str]:
        """What the settings refuse, and a theme that there is not."""
        misfits = super().misfits()
        theme = self.typed()["theme"]
        if theme and theme not in self.app.available_themes:
            misfits["theme"] = next(q.needs for q in QUESTIONS if q.key == "theme")
        return misfits

    async def keep(self, entered: Settings) -> str:
        """Save the preferences."""
        before = self.settings.settings
        await self.settings.save_preferences(**self._entered())
        if (entered.theme, entered.colour) != (before.theme, before.colour):
            return "Saved. Theme and colour change at the next start."
        return "Saved."

    def _entered(self) -> dict[str, object]:
        typed = self.typed()
        return {key: typed[key] or Settings.model_fields[key].default for key in typed}
