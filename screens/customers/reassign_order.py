"""Reassign an order whose customer was created offline and has no account on the platform yet."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.ordering.customer import Customer
from console.services.events import ServiceError
from screens.customers.new_customer import NewCustomerScreen
from screens.dialogs.select import Choice, choose
from screens.framework.console_screen import OperatorScreen
from widgets.lists.columns import Column
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from screens.order_view.screen import OrderViewScreen

COLUMNS = (Column("Customer"), Column("Mobile", 18))
HAS_ACCOUNT = "To change the customer, start a new order."
NO_CUSTOMER = "A walk-in order has no customer."


@dataclass(frozen=True, slots=True)
class CorrectDetails:
    """Correct the name or the number of the order's own customer."""


async def reassign_customer(screen: "OrderViewScreen[str | None]") -> bool:
    """Ask for another customer and reassign the order. Returns True once that is done. Only in a worker."""
    customer = screen.view.customer
    if customer is None or customer.has_account:
        screen.say(HAS_ACCOUNT if customer else NO_CUSTOMER)
        return False
    matching = {one.user_id: one for one in await _matching_customers(screen, customer)}
    choices: list[Choice[Customer | CorrectDetails | None]] = [
        Choice(CorrectDetails(), ("Correct the name or the number", customer.mobile)),
        Choice(None, ("Walk-in", "")),
        *(Choice(one, (one.name, one.mobile)) for one in matching.values()),
    ]
    choice = await choose(screen, "Reassign to", COLUMNS, choices, CorrectDetails())
    if choice is None:
        return False
    new_customer = choice.value
    if isinstance(new_customer, CorrectDetails):
        new_customer = await screen.ask(NewCustomerScreen(screen.session, "", customer))
        if new_customer is None:
            return False
    with screen.attempt(MessageKind.WARN) as reassigning:
        view = await screen.session.orders.reassign(screen.draft_id, new_customer)
        screen.say(f"The order is for {view.customer_name} now.", MessageKind.GOOD)
    return not reassigning.failed


async def _matching_customers(screen: OperatorScreen[str | None], customer: Customer) -> tuple[Customer, ...]:
    customers, text = screen.session.customers, customer.mobile or customer.user_name
    # Offline, as the header shows, the recent customers of this machine have to do.
    with suppress(ServiceError):
        return await customers.search(text)
    with screen.attempt():
        return await customers.search_recent(text)
    return ()
