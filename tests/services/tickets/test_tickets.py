"""Tickets of orders: from a draft or the history, saved as a file, passed to a command."""

import stat
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from console.config.settings import Settings
from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot, PaymentMethod
from console.ordering.configuration import default_configuration, put_topping
from console.ordering.descriptions import build_order_item
from console.ordering.draft import AddLine, Component, DraftLine, OrderItem, Portion, SetCheckout
from console.ordering.money import Currency
from console.ordering.placed.ticket import TicketCopy
from console.ordering.stores import Location
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.tickets.service import TicketService
from tests.past_orders import LARGE_EXTRA_TOMATOES, RANCH, TOMATOES, half_and_half, place_order, side_item
from tests.saved_menu import menu_fetched
from tests.services.connections import operator_session
from tests.services.samples import TICKET, TOM, large_base
from tests.shops import SandboxBackend

BOGO = 13047461

pytestmark = pytest.mark.anyio

KWD = Currency("KWD")


def printer(session: OperatorSession, command: str, folder: Path, *, deadline: float = 10.0) -> TicketService:
    context = replace(
        session.context, tickets_folder=folder, preferences=lambda: Settings(print_command=command)
    )
    return TicketService(
        context, Location(27299, "S", "Salmiya"), session.tickets._variants, deadline=deadline
    )


def is_running(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be counted."""
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().split()[2] != "Z"


def mode_of(path: str) -> int:
    return stat.S_IMODE(Path(path).stat().st_mode)


async def test_a_placed_order_is_printed_with_all_its_amounts(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        order = await session.history.order(
            await place_order(backend.endpoint(), side_item(2), half_and_half(large_base(backend), 2))
        )
        ticket = session.tickets.ticket_from_past_order(order)
        text = session.tickets.render(ticket, TicketCopy.CUSTOMER, reprint=True)
        for amount in (*(line.total for line in order.lines or ()), order.total):
            assert f" {KWD.format_number(amount)}\n" in text
        kitchen = session.tickets.render(ticket, TicketCopy.KITCHEN, reprint=True)
        assert "  Onions             | EXTRA Tomatoes\n" in kitchen
        assert "LARGE CLASSIC" in kitchen


async def test_an_order_under_way_is_printed_with_what_is_known_of_it(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        await session.tickets._variants.fetch_missing([(TOMATOES, LARGE_EXTRA_TOMATOES), large_base(backend)])
        draft_id = await session.orders.start_order(TOM)
        components = (
            Component(*large_base(backend), title="New Spicy Chicken Ranch"),
            Component(TOMATOES, LARGE_EXTRA_TOMATOES, portion=Portion.LEFT, title="Tomatoes"),
        )
        pizza = OrderItem(
            RANCH, 0, "Spicy Chicken", "Large Classic", Decimal(5), components, "left: extra Tomatoes"
        )
        session.orders.change(draft_id, AddLine(DraftLine("L1", pizza, 2)))
        checkout = Checkout(
            DeliveryMode.DELIVERY,
            Address("Block 4"),
            DeliverySlot(1, "7:00 PM - 7:30 PM", 0),
            notes="ring twice",
            payment=PaymentMethod("COD", "COD", "0", "Cash"),
        )
        view = session.orders.change(draft_id, SetCheckout(checkout))
        customers = session.tickets.render(
            session.tickets.ticket_of_order(view), TicketCopy.CUSTOMER, reprint=False
        )
        for words in ("NOT PLACED YET", "DELIVERY 7:00 PM - 7:30 PM", "Block 4", "Note: ring twice"):
            assert words in customers
        assert "10.000" in customers
        kitchen = session.tickets.render(
            session.tickets.ticket_of_order(view), TicketCopy.KITCHEN, reprint=False
        )
        assert "  EXTRA Tomatoes     | -\n" in kitchen
        assert "New Spicy" not in kitchen


async def test_kitchen_ticket_has_strengths_never_requested(
    backend: SandboxBackend,
) -> None:
    """The kitchen reads strengths of an order that the platform was not asked about."""
    async with operator_session(backend) as (session, _):
        await menu_fetched(session.menu)
        bundle = session.menu.bundles[RANCH]
        components = put_topping(
            bundle, default_configuration(bundle, session.menu.bundles), TOMATOES, Portion.LEFT, "Extra"
        )
        item = build_order_item(
            bundle, components, bundles=session.menu.bundles, currency=KWD, half_rule=session.half_rule
        )
        draft_id = await session.orders.start_order(TOM)
        view = session.orders.change(draft_id, AddLine(DraftLine("L1", item, 1)))
        kitchen = session.tickets.render(
            session.tickets.ticket_of_order(view), TicketCopy.KITCHEN, reprint=False
        )
        assert f"1 X {item.title} {item.options}\n".upper() in kitchen
        assert "\n  EXTRA Tomatoes" in kitchen
        assert "Base" not in kitchen


async def test_kitchen_ticket_lists_parts_of_an_unchanged_deal(
    backend: SandboxBackend,
) -> None:
    async with operator_session(backend) as (session, _):
        await menu_fetched(session.menu)
        deal = OrderItem(BOGO, 0, "Buy one, get one", "", Decimal("5.650"))
        draft_id = await session.orders.start_order(TOM)
        view = session.orders.change(draft_id, AddLine(DraftLine("L1", deal, 1)))
        kitchen = session.tickets.render(
            session.tickets.ticket_of_order(view), TicketCopy.KITCHEN, reprint=False
        )
        assert "Chicken Supreme" in kitchen
        assert "Classic Pepperoni" in kitchen


async def test_ticket_is_saved_as_a_file_that_only_its_owner_reads(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        path = await session.tickets.save(TICKET, TicketCopy.KITCHEN, reprint=True)
        saved_file = backend.paths.tickets_folder / "7400001-kitchen-duplicate.txt"
        assert (path, mode_of(path)) == (str(saved_file), 0o600)
        assert "DUPLICATE" in saved_file.read_text()


async def test_ticket_that_cannot_be_saved_says_why(backend: SandboxBackend, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with operator_session(backend) as (session, _):
        with pytest.raises(ServiceError, match="cannot be saved"):
            await printer(session, "", tmp_path / "file").save(TICKET, TicketCopy.KITCHEN, reprint=False)


async def test_print_command_reads_the_ticket_and_shows_nothing(
    backend: SandboxBackend, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "paper"
    async with operator_session(backend) as (session, _):
        tickets = printer(session, f"cat >'{out}'; echo said; echo so >&2", tmp_path)
        await tickets.print(TICKET, TicketCopy.CUSTOMER, reprint=False)
        assert out.read_text() == tickets.render(TICKET, TicketCopy.CUSTOMER, reprint=False)
    assert "said" not in "".join(capfd.readouterr())


async def test_print_command_gets_what_printing_needs_and_no_secret(
    backend: SandboxBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = (
        "STORE_CONSOLE_SECRET_SHOP_CONSUMER_SECRET",
        "STORE_CONSOLE_PASSWORD",
        "HTTPS_PROXY",
        "API_KEY",
    )
    for name in secrets:
        monkeypatch.setenv(name, "hunter2")
    monkeypatch.setenv("CUPS_SERVER", "printer.lan")
    monkeypatch.setenv("LC_CTYPE", "ar_KW.UTF-8")
    out = tmp_path / "environment"
    async with operator_session(backend) as (session, _):
        await printer(session, f"env >'{out}'", tmp_path).print(TICKET, TicketCopy.CUSTOMER, reprint=False)
    environment = dict(line.split("=", 1) for line in out.read_text().splitlines() if "=" in line)
    assert "hunter2" not in out.read_text()
    assert not set(secrets) & set(environment)
    assert environment["CUPS_SERVER"] == "printer.lan"
    assert environment["LC_CTYPE"] == "ar_KW.UTF-8"
    assert environment["PATH"]


@pytest.mark.parametrize(
    ("command", "words"),
    [("", "No print command"), ("exit 3", "exit status 3"), ("no-such-printer", "exit status 127")],
)
async def test_failed_command_is_reported_in_a_sentence(
    backend: SandboxBackend, tmp_path: Path, command: str, words: str
) -> None:
    async with operator_session(backend) as (session, _):
        with pytest.raises(ServiceError, match=words):
            await printer(session, command, tmp_path).print(TICKET, TicketCopy.CUSTOMER, reprint=False)


async def test_a_command_that_hangs_is_stopped_with_all_it_started(
    backend: SandboxBackend, tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    async with operator_session(backend) as (session, _):
        tickets = printer(
            session, f"sh -c 'echo $$ >{pid_file}; exec sleep 600'; true", tmp_path, deadline=0.5
        )
        began = time.monotonic()
        with pytest.raises(ServiceError, match="ran longer than"):
            await tickets.print(TICKET, TicketCopy.CUSTOMER, reprint=False)
        assert time.monotonic() - began < 10
    assert not is_running(int(pid_file.read_text()))


async def test_the_settings_name_the_command_and_the_width(backend: SandboxBackend, tmp_path: Path) -> None:
    backend.paths.settings_file.parent.mkdir(parents=True)
    backend.paths.settings_file.write_text(f'print_command = "cat >{tmp_path}/paper"\nticket_width = 24\n')
    async with operator_session(backend) as (session, _):
        await session.tickets.print(TICKET, TicketCopy.CUSTOMER, reprint=False)
    assert max(map(len, (tmp_path / "paper").read_text().splitlines())) == 24
