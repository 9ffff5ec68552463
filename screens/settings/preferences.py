"""The form of the preferences, the same with every store profile: printing, retention, looks."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from console.config.settings import Colour, Settings, Signs
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
        "reads the ticket from its input: lp, cat >/dev/lp0",
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
        "days to keep customers and saved tickets; 0 keeps none",
    ),
    SettingField(
        "offline_sign_in_days",
        "Offline sign-in",
        "7",
        "is a whole number, 0 to 365; 0 for never.",
        "days a sign-in also works offline; 0 for never",
    ),
    SettingField(
        "debounce_ms",
        "Search delay",
        "150",
        "is a whole number, 0 to 5000.",
        "milliseconds without a key before the search starts",
    ),
    SettingField(
        "theme",
        "Theme",
        "the terminal's own colours",
        "is a name such as nord or textual-light; empty for the terminal's own colours.",
        "from the next start: a name such as nord or textual-light",
        ("ansi-dark", "ansi-light", "nord", "gruvbox", "textual-dark", "textual-light"),
    ),
    SettingField(
        "colour",
        "Colour",
        "auto",
        f"is {or_list(Colour)}.",
        f"from the next start: {or_list(Colour)}",
        tuple(Colour),
    ),
    SettingField(
        "signs",
        "Signs",
        "auto",
        f"is {or_list(Signs)}.",
        "from the next start: auto, plain (ASCII only) or full",
        tuple(Signs),
    ),
)


class PreferencesScreen(SettingsForm[Settings]):
    """An empty field gets its default. Closes with a message once saved."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Preferences"

    def __init__(self, settings: "SettingsService") -> None:
        values = settings.settings.model_dump(mode="json")
        super().__init__(settings, FIELDS, {q.key: str(values[q.key]) for q in FIELDS})

    def header(self) -> HeaderState:
        """Return a header without a store."""
        return HeaderState(store="Preferences")

    def read_model(self) -> Settings:
        """Return the settings as typed."""
        return self.settings.settings.with_values(**self._entered_values())

    def validation_errors(self) -> dict[str, str]:
        """Return the errors of the settings, and an unknown theme."""
        errors = super().validation_errors()
        theme = self.form.values()["theme"]
        if theme and theme not in self.app.available_themes:
            errors["theme"] = next(q.requirement for q in FIELDS if q.key == "theme")
        return errors

    async def save_model(self, model: Settings) -> str:
        """Save the preferences."""
        before = self.settings.settings
        await self.settings.save_preferences(**self._entered_values())
        if (model.theme, model.colour, model.signs) != (before.theme, before.colour, before.signs):
            return "Saved. Theme, colour and signs change at the next start."
        return "Saved."

    def _entered_values(self) -> dict[str, object]:
        typed = self.form.values()
        return {key: typed[key] or Settings.model_fields[key].default for key in typed}
