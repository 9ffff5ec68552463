"""Whose an order is, where its customer was made without a line and the platform has no account for them.

Opened from the order screen: another customer, a walk-in, or the number and the name put right.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from console.ordering.customer import Customer
from console.services.events import ServiceError
from screens.customers.new_customer import NewCustomerScreen
from screens.dialogs.select import SelectScreen
from screens.framework.console_screen import OperatorScreen
from widgets.lists.columns import Column, ListRow
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from screens.order_view.screen import OrderViewScreen

COLUMNS = (Column("Whose order"), Column("Mobile", 18))
CORRECT, WALK_IN = "correct", "walk-in"
HAS_ACCOUNT = "The customer has an account: begin another order for somebody else."


def reassign_customer(screen: "OrderViewScreen[str | None]", on_reassigned: Callable[[], None]) -> None:
    """Ask whose the order is; ``given`` once that was changed."""
    customer = screen.view.customer
    if customer is None or customer.has_account:
        screen.say(HAS_ACCOUNT if customer else "A walk-in's order is nobody's.")
        return
    screen.run_worker(
        partial(_ask_customer, screen, customer, on_reassigned), name="whose order", group="whose"
    )


async def _ask_customer(
    screen: "OrderViewScreen[str | None]", customer: Customer, on_reassigned: Callable[[], None]
) -> None:
    found = {one.user_id: one for one in await _matching_customers(screen, customer)}
    rows = [
        ListRow(CORRECT, ("Put the name or the number right", customer.mobile)),
        ListRow(WALK_IN, ("Walk-in", "")),
        *(ListRow(user_id, (one.name, one.mobile)) for user_id, one in found.items()),
    ]

    def start_reassigning(new_customer: Customer | None) -> None:
        screen.run_worker(
            partial(_reassign, screen, new_customer, on_reassigned), name="give the order", group="whose"
        )

    def after_correction(new_customer: Customer | None) -> None:
        if new_customer is not None:
            start_reassigning(new_customer)

    def chosen(key: str | None) -> None:
        if key == CORRECT:
            screen.app.push_screen(NewCustomerScreen(screen.session, "", customer), after_correction)
        elif key is not None:
            start_reassigning(found.get(key))

    if screen.is_active:
        screen.app.push_screen(SelectScreen("Whose order is this?", COLUMNS, rows), chosen)


async def _matching_customers(screen: OperatorScreen[str | None], customer: Customer) -> tuple[Customer, ...]:
    customers, text = screen.session.customers, customer.mobile or customer.user_name
    try:
        return await customers.search(text)
    except ServiceError:
        # The header says that the line is down; who was lately served is here.
        pass
    try:
        return await customers.search_recent(text)
    except ServiceError as trouble:
        screen.say(trouble.message, MessageKind.BAD)
        return ()


async def _reassign(
    screen: "OrderViewScreen[str | None]", new_customer: Customer | None, on_reassigned: Callable[[], None]
) -> None:
    try:
        view = await screen.session.orders.reassign(screen.draft_id, new_customer)
    except ServiceError as trouble:
        screen.say(trouble.message, MessageKind.WARN)
        return
    on_reassigned()
    screen.say(f"The order is for {view.customer_name} now.", MessageKind.GOOD)
