"""Whose an order is, where its customer was made without a line and the platform has no account for them.

Opened from the order screen: another customer, a walk-in, or the number and the name put right.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from console.ordering.customer import Customer
from console.services.events import ServiceError
from screens.base import DeskScreen
from screens.choose import ChooseScreen
from screens.new_customer import NewCustomerScreen
from widgets.lists.columns import Column, ListRow
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from screens.draft_screen import DraftScreen

COLUMNS = (Column("Whose order"), Column("Mobile", 18))
CORRECT, WALK_IN = "correct", "walk-in"
HAS_ACCOUNT = "The customer has an account: begin another order for somebody else."


def choose_whose(screen: "DraftScreen[str | None]", given: Callable[[], None]) -> None:
    """Ask whose the order is; ``given`` once that was changed."""
    customer = screen.view.customer
    if customer is None or customer.has_account:
        screen.say(HAS_ACCOUNT if customer else "A walk-in's order is nobody's.")
        return
    screen.run_worker(partial(_ask, screen, customer, given), name="whose order", group="whose")


async def _ask(screen: "DraftScreen[str | None]", customer: Customer, given: Callable[[], None]) -> None:
    found = {one.user_id: one for one in await _of_number(screen, customer)}
    rows = [
        ListRow(CORRECT, ("Put the name or the number right", customer.mobile)),
        ListRow(WALK_IN, ("Walk-in", "")),
        *(ListRow(user_id, (one.name, one.mobile)) for user_id, one in found.items()),
    ]

    def give(to: Customer | None) -> None:
        screen.run_worker(partial(_give, screen, to, given), name="give the order", group="whose")

    def corrected(to: Customer | None) -> None:
        if to is not None:
            give(to)

    def chosen(key: str | None) -> None:
        if key == CORRECT:
            screen.app.push_screen(NewCustomerScreen(screen.desk, "", customer), corrected)
        elif key is not None:
            give(found.get(key))

    if screen.is_active:
        screen.app.push_screen(ChooseScreen("Whose order is this?", COLUMNS, rows), chosen)


async def _of_number(screen: DeskScreen[str | None], customer: Customer) -> tuple[Customer, ...]:
    customers, text = screen.desk.customers, customer.mobile or customer.user_name
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


async def _give(screen: "DraftScreen[str | None]", to: Customer | None, given: Callable[[], None]) -> None:
    try:
        view = await screen.desk.orders.reassign(screen.draft_id, to)
    except ServiceError as trouble:
        screen.say(trouble.message, MessageKind.WARN)
        return
    given()
    screen.say(f"The order is for {view.customer_name} now.", MessageKind.GOOD)
