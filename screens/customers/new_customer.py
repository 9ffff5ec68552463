"""A new customer's account, begun from what was typed in the search.

Opened from the customers; the answer is the customer, whose session is started.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.customer import Customer
from console.services.events import ServiceError
from console.services.views import NewCustomer
from screens.dialogs.form_screen import FormScreen
from screens.framework.commands import BACK, FORM_HELP_COMMANDS, Command, bindings, field_navigation_commands
from screens.framework.console_screen import OperatorScreen
from widgets.message_line import MessageKind
from widgets.text_field import FormField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command(
        "new_customer.create", "f2,ctrl+s", "create", "Create", "Create the account and start its session"
    ),
    *field_navigation_commands("new_customer"),
    *FORM_HELP_COMMANDS,
    BACK,
)


class NewCustomerScreen(FormScreen[Customer | None], OperatorScreen[Customer | None]):
    """A short form; Enter goes from field to field and creates at the last one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "New customer"
    LEAVE_UNSAVED = "Leave without creating this customer?"
    DEFAULT_CSS = """
    NewCustomerScreen {
        &> #form { padding: 2 4; height: 1fr; }
        & FormField { margin-bottom: 1; &> TextField { width: 40; } }
    }
    """

    def __init__(
        self, session: "OperatorSession", search_text: str, customer: Customer | None = None
    ) -> None:
        """``customer`` is who was typed before, to be put right."""
        super().__init__(session)
        mobile, email, name = _classify(search_text)
        last = ""
        if customer is not None:
            mobile, email, name, last = (
                customer.mobile,
                customer.email,
                customer.first_name,
                customer.last_name,
            )
        self.set_fields(
            {
                "first_name": FormField("First name", field_id="first_name", value=name),
                "last_name": FormField("Last name", field_id="last_name", value=last),
                "mobile": FormField(
                    "Mobile", field_id="mobile", value=mobile, placeholder="with the country code"
                ),
                "email": FormField("E-mail", field_id="email", value=email, placeholder="may stay empty"),
            }
        )
        self._busy = False

    def body(self) -> Iterable[Widget]:
        """The form."""
        yield Vertical(*self.fields.values(), id="form")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, from the last one it creates."""
        event.stop()
        if event.input.id == "email":
            self.action_create()
        else:
            self.app.action_focus_next()

    def action_create(self) -> None:
        """Create the account."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._create, name="create a customer")

    async def _create(self) -> None:
        first, last, mobile, email = (field.value for field in self.fields.values())
        new = NewCustomer(first, last, mobile, email)
        self.say("Creating the account.")
        try:
            customer = await self.session.customers.create(new)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.close(customer)
        finally:
            self._busy = False


def _classify(text: str) -> tuple[str, str, str]:
    """What was typed as mobile, e-mail or name."""
    text = text.strip()
    if "@" in text:
        return "", text, ""
    if text and all(character.isdigit() or character in "+- " for character in text):
        return text, "", ""
    return "", "", text.title()
