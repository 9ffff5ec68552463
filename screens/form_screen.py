"""A form: leaving it asks first where something is typed that would be lost.

The base of the forms of settings, of an address and of a new customer.
"""

from collections.abc import Mapping

from screens.base import ConsoleScreen, Result
from screens.confirm import ConfirmScreen
from widgets.text_field import FormField


class FormScreen(ConsoleScreen[Result]):
    """Fields by their names, as they were given when it was opened."""

    LEAVE_UNSAVED = "Leave without saving what is typed?"

    fields: Mapping[str, FormField]
    _given: Mapping[str, str]

    def give(self, fields: Mapping[str, FormField]) -> None:
        """Take these fields, with what is in them as what is there already."""
        self.fields = fields
        self._given = self.typed()

    def typed(self) -> dict[str, str]:
        """The texts of the fields."""
        return {name: field.value.strip() for name, field in self.fields.items()}

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that leaving would lose."""
        return self.typed() != self._given

    async def action_back(self) -> None:
        """Leave; what is typed and not saved is asked about first."""

        def sure(yes: bool | None) -> None:
            if yes:
                self.close()

        if self.is_changed:
            self.app.push_screen(ConfirmScreen(self.LEAVE_UNSAVED), sure)
        else:
            self.close()
