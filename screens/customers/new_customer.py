"""The form of a new customer's account, begun from the text typed in the search."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.customer import Customer
from console.ordering.phone_number import dialled_digits
from console.services.people.customers import AccountTakenError
from console.services.views import NewCustomer
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.form import Form, leave_form
from screens.dialogs.select import Choice, choose
from screens.framework.commands import BACK, FORM_HELP_COMMANDS, Command, bindings, field_navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.work_once import work_once
from widgets.lists.columns import Column
from widgets.text_field import FormField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("new_customer.create", "f2,ctrl+s", "create", "Create", "Create the account and start its order"),
    *field_navigation_commands("new_customer"),
    *FORM_HELP_COMMANDS,
    BACK,
)
OWNER_COLUMNS = (Column("Customer"), Column("Mobile", 18))


class NewCustomerScreen(OperatorScreen[Customer]):
    """A short form; Enter goes to the next field and creates at the last one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "New customer"
    DEFAULT_CSS = """
    NewCustomerScreen {
        &> #form { padding: 2 4; height: 1fr; }
        & FormField { margin-bottom: 1; &> TextField { width: 40; } }
    }
    """

    def __init__(
        self, session: "OperatorSession", search_text: str, customer: Customer | None = None
    ) -> None:
        """Begin with ``customer``, to be corrected, or with the text of a search."""
        super().__init__(session)
        mobile, email, first_name = _classify(search_text)
        last_name = ""
        if customer is not None:
            mobile, email = customer.mobile, customer.email
            first_name, last_name = customer.first_name, customer.last_name
        self.form = Form(
            {
                "first_name": FormField("First name", field_id="first_name", value=first_name),
                "last_name": FormField("Last name", field_id="last_name", value=last_name),
                "mobile": FormField(
                    "Mobile", field_id="mobile", value=mobile, placeholder="with the country code"
                ),
                "email": FormField("E-mail", field_id="email", value=email, placeholder="may stay empty"),
            }
        )

    def body(self) -> Iterable[Widget]:
        """Return the form."""
        yield Vertical(*self.form.fields.values(), id="form")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the next field; create at the last one."""
        event.stop()
        if event.input.id == "email":
            self.action_create()
        else:
            self.app.action_focus_next()

    async def action_back(self) -> None:
        """Leave; ask first if something is typed."""
        self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        await leave_form(self, changed=self.form.is_changed, question="Leave without creating this customer?")

    @work_once("create")
    async def action_create(self) -> None:
        """Create the account."""
        fields = self.form.fields
        details = NewCustomer(
            fields["first_name"].value,
            fields["last_name"].value,
            fields["mobile"].value,
            fields["email"].value,
        )
        self.say("Creating the account.")
        with self.attempt():
            try:
                self.close(await self.session.customers.create(details))
            except AccountTakenError as taken:
                self.say("")
                if (owner := await self._choose_owner(taken)) is not None:
                    self.close(owner)

    async def _choose_owner(self, taken: AccountTakenError) -> Customer | None:
        """Offer the accounts that there are: None to go back to the form."""
        if len(taken.owners) == 1:
            (owner,) = taken.owners
            question = ConfirmScreen(taken.message, f"Take {owner.name}'s account?")
            return owner if await self.ask(question) else None
        choices = [Choice(owner, (owner.name, owner.mobile)) for owner in taken.owners]
        choice = await choose(self, taken.message, OWNER_COLUMNS, choices)
        return choice.value if choice else None


def _classify(text: str) -> tuple[str, str, str]:
    """Return the text as mobile, e-mail and name: two of them empty."""
    text = text.strip()
    if "@" in text:
        return "", text, ""
    if dialled_digits(text):
        return text, "", ""
    return "", "", text
