"""The form of a delivery address."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.checkout import Address
from screens.dialogs.form import Form, leave_form
from screens.framework.commands import BACK, FORM_HELP_COMMANDS, Command, bindings, field_navigation_commands
from screens.framework.console_screen import OperatorScreen
from widgets.text_field import FormField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("address.take", "f2,ctrl+s", "submit", "Take", "Deliver to this address"),
    *field_navigation_commands("address"),
    *FORM_HELP_COMMANDS,
    BACK,
)
LABELS = (
    ("street", "Street, house"),
    ("area", "Area"),
    ("city", "City"),
    ("pin", "PIN code"),
    ("mobile", "Mobile"),
)


class AddressScreen(OperatorScreen[Address]):
    """A short form; Enter goes to the next field and takes the address at the last one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Address"
    DEFAULT_CSS = """
    AddressScreen {
        &> #form { padding: 2 4; height: 1fr; }
        & FormField { margin-bottom: 1; &> TextField { width: 40; } }
    }
    """

    def __init__(self, session: "OperatorSession", address: Address, who: str) -> None:
        super().__init__(session)
        self._address = address
        self._who = who
        values = {
            "street": address.street,
            "area": address.area,
            "city": address.city,
            "pin": address.pin,
            "mobile": address.mobile,
        }
        self.form = Form(
            {name: FormField(label, field_id=name, value=values[name]) for name, label in LABELS}
        )

    def customer_name(self) -> str:
        """The customer of the order."""
        return self._who

    def body(self) -> Iterable[Widget]:
        """Return the form."""
        yield Vertical(*self.form.fields.values(), id="form")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field; take the address at the last one."""
        event.stop()
        if event.input.id == LABELS[-1][0]:
            self.action_submit()
        else:
            self.app.action_focus_next()

    async def action_back(self) -> None:
        """Leave; ask first if something is typed."""
        self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        await leave_form(self, changed=self.form.is_changed, question="Leave without taking this address?")

    def action_submit(self) -> None:
        """Close with the address."""
        street, area, city, pin, mobile = (self.form.fields[name].value.strip() for name, _ in LABELS)
        self.form.fields["street"].error = "" if street else "is needed."
        if not street:
            self.form.fields["street"].field.focus()
            return
        # The code belongs to the city's name: none is known here for another name.
        code = self._address.city_code if city == self._address.city else ""
        self.close(
            replace(
                self._address, street=street, area=area, city=city, pin=pin, mobile=mobile, city_code=code
            )
        )
