"""A form: leaving it asks first where something is typed that would be lost.

The base of the forms of settings, of an address and of a new customer.
"""

from collections.abc import Mapping

from screens.dialogs.confirm import ConfirmScreen
from screens.framework.console_screen import ConsoleScreen, Result
from widgets.text_field import FormField


class FormScreen(ConsoleScreen[Result]):
    """Fields by their names, as they were given when it was opened."""

    LEAVE_UNSAVED = "Leave without saving what is typed?"

    fields: Mapping[str, FormField]
    _initial_values: Mapping[str, str]

    def set_fields(self, fields: Mapping[str, FormField]) -> None:
        """Take these fields, with what is in them as what is there already."""
        self.fields = fields
        self._initial_values = self.field_values()

    def field_values(self) -> dict[str, str]:
        """The texts of the fields."""
        return {name: field.value.strip() for name, field in self.fields.items()}

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that leaving would lose."""
        return self.field_values() != self._initial_values

    async def action_back(self) -> None:
        """Leave; what is typed and not saved is asked about first."""

        def leave_if_confirmed(yes: bool | None) -> None:
            if yes:
                self.close()

        if self.is_changed:
            self.app.push_screen(ConfirmScreen(self.LEAVE_UNSAVED), leave_if_confirmed)
        else:
            self.close()
