"""Profiles of other currencies: sign-in, amounts and tickets in their digits, and a code that is none."""

from decimal import Decimal

import pytest

from console.ordering.draft import AddLine, DraftLine, OrderItem
from console.ordering.placed.ticket import TicketCopy
from tests.services.connections import operator_session
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

BREAD = OrderItem(13047603, 0, "Garlic Bread", "", Decimal("1234.5678"))


def use_currency(backend: SandboxBackend, code: str) -> None:
    backend.paths.settings_file.parent.mkdir(parents=True)
    backend.paths.settings_file.write_text(
        f'[[profiles]]\nname = "Sandbox store"\nkind = "sandbox"\n[profiles.pricing]\ncurrency = "{code}"\n'
    )


@pytest.mark.parametrize(
    ("code", "amount"),
    [
        ("JPY", "2,469"),
        ("VND", "2,469"),
        ("USD", "2,469.14"),
        ("KWD", "2,469.136"),
        ("TND", "2,469.136"),
        ("CLF", "2,469.1356"),
    ],
)
async def test_ticket_is_in_the_digits_of_the_profiles_currency(
    backend: SandboxBackend, code: str, amount: str
) -> None:
    use_currency(backend, code)
    async with operator_session(backend) as (session, recorded):
        backend.go_offline()
        draft_id = await session.orders.start_order(None)
        view = session.orders.change(draft_id, AddLine(DraftLine("L1", BREAD, 2)))
        assert view.total_text == f"{code} {amount}"
        ticket = session.tickets.ticket_of_order(view)
        lines = session.tickets.render(ticket, TicketCopy.CUSTOMER, reprint=False).splitlines()
        assert [line.split()[-1] for line in lines if line.startswith(("2 x", "Total"))] == [amount, amount]
        assert not [text for text in recorded.notifications if "currency" in text]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("ABC", "ABC is not a currency of ISO 4217."),
        ("XAU", "XAU has no coins: it is not a currency to sell in."),
    ],
)
async def test_unknown_currency_is_said_at_the_start_and_stops_nothing(
    backend: SandboxBackend, code: str, problem: str
) -> None:
    use_currency(backend, code)
    async with operator_session(backend) as (session, recorded):
        assert recorded.notifications == [f"{problem} Amounts have two digits; F9 changes the currency."]
        draft_id = await session.orders.start_order(None)
        view = session.orders.change(draft_id, AddLine(DraftLine("L1", BREAD, 2)))
        assert view.total_text == f"{code} 2,469.14"
