"""The form of what is the same with every store profile: printing, what is remembered, looks.

Opened from the settings; the answer is a sentence once it is saved.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from console.config.settings import Colour, Settings
from screens.framework.commands import bindings
from screens.settings.form import SettingField, SettingsForm, form_commands, or_list
from widgets.header import HeaderState

if TYPE_CHECKING:
    from console.services.settings import SettingsService

COMMANDS = form_commands("preferences", "Save the preferences")
FIELDS = (
    SettingField(
        "print_command",
        "Print command",
        "none",
        "is one line of at most 200 characters.",
        "prints the ticket it reads as its input: lp, cat >/dev/lp0",
    ),
    SettingField(
        "ticket_width",
        "Ticket width",
        "42",
        "is a whole number, 20 to 120.",
        "characters of a line of a ticket, 20 to 120",
    ),
    SettingField(
        "recent_customer_days",
        "Recent customers",
        "30",
        "is a whole number, 0 to 3650; 0 keeps none.",
        "days customers and saved tickets stay here; 0 keeps none",
    ),
    SettingField(
        "offline_sign_in_days",
        "Offline sign-in",
        "7",
        "is a whole number, 0 to 365; 0 for never.",
        "days after a sign-in that it works offline; 0 for never",
    ),
    SettingField(
        "debounce_ms",
        "Search waits",
        "150",
        "is a whole number, 0 to 5000.",
        "milliseconds without a key before a customer is searched",
    ),
    SettingField(
        "theme",
        "Theme",
        "the terminal's own colours",
        "is a name such as nord or textual-light; empty for the terminal's own colours.",
        "from the next start: a name such as nord or textual-light",
    ),
    SettingField(
        "colour", "Colour", "auto", f"is {or_list(Colour)}.", f"from the next start: {or_list(Colour)}"
    ),
)


class PreferencesScreen(SettingsForm[Settings]):
    """Every field can be typed; one that is left empty gets the default."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Preferences"

    def __init__(self, settings: "SettingsService") -> None:
        values = settings.settings.model_dump(mode="json")
        super().__init__(settings, FIELDS, {q.key: str(values[q.key]) for q in FIELDS})

    def header(self) -> HeaderState:
        """No store: this is about all of them."""
        return HeaderState(store="Preferences")

    def read_model(self) -> Settings:
        """The settings as they are typed."""
        return self.settings.settings.with_values(**self._entered_values())

    def validation_errors(self) -> dict[str, str]:
        """What the settings refuse, and a theme that there is not."""
        errors = super().validation_errors()
        theme = self.field_values()["theme"]
        if theme and theme not in self.app.available_themes:
            errors["theme"] = next(q.requirement for q in FIELDS if q.key == "theme")
        return errors

    async def save_model(self, model: Settings) -> str:
        """Save the preferences."""
        before = self.settings.settings
        await self.settings.save_preferences(**self._entered_values())
        if (model.theme, model.colour) != (before.theme, before.colour):
            return "Saved. Theme and colour change at the next start."
        return "Saved."

    def _entered_values(self) -> dict[str, object]:
        typed = self.field_values()
        return {key: typed[key] or Settings.model_fields[key].default for key in typed}
