"""A store in another language: its menu, an order, its papers and its repetition, in its own words."""

from collections.abc import AsyncIterator

import pytest

from console.config.settings import Settings, save_settings
from console.ordering.configuration import crusts, default_configuration, make_stronger, sizes, with_base
from console.ordering.configuration.bundle import BundleSource
from console.ordering.descriptions import details_text, options_text
from console.ordering.draft import OrderItem
from console.ordering.placed.ticket import TicketCopy
from console.sandbox.data.language_loader import language_of
from console.sandbox.menu.supplement import supplement_text
from console.services.operator_session import OperatorSession
from tests.saved_menu import menu_fetched
from tests.services.catalogue.fetched_bundles import use_only_source
from tests.services.connections import operator_session
from tests.services.samples import TOM
from tests.services.tickets.test_printed_as_bought import Counter, counter
from tests.shops import SandboxBackend

pytestmark = [pytest.mark.anyio, pytest.mark.fetches_menu]

MARGHERITA, BOGOF = 13047285, 13047461


def use_turkish(backend: SandboxBackend) -> None:
    profile = Settings().profiles[0].with_values(language="tr")
    save_settings(backend.paths.settings_file, Settings(profiles=(profile,)))
    backend.supplement = supplement_text(backend.store.menu, language_of("tr"))


@pytest.fixture(params=BundleSource)
async def order(backend: SandboxBackend, request: pytest.FixtureRequest) -> AsyncIterator[Counter]:
    """Layla at work at a Turkish store, its bundles known from each source in turn."""
    use_turkish(backend)
    use_only_source(backend, request.param)
    async with counter(backend) as order:
        yield order


def type_order(session: OperatorSession, text: str) -> list[tuple[OrderItem, int]]:
    reading = session.quick_order.read(text, len(text))
    assert reading.mistake is None, reading.mistake
    return [(line.item, line.quantity) for line in reading.lines]


async def test_menu_is_in_the_language_of_the_profile(order: Counter) -> None:
    menu = order.session.menu
    assert "Deniz Ürünlü" in [category.name for category in menu.categories]
    pizza = menu.bundles[MARGHERITA]
    assert pizza.title == "Margarita"
    assert sizes(pizza) == ("Küçük Boy", "Orta Boy", "Büyük Boy")
    assert crusts(pizza, "Orta Boy") == ("Klasik", "Tava", "İnce")


async def test_menu_saved_in_another_language_is_not_shown(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        await menu_fetched(session.menu)
    use_turkish(backend)
    async with operator_session(backend) as (session, _):
        assert "Seafood" not in [category.name for category in session.menu.categories]


async def test_pizza_is_configured_by_size_crust_and_strength(order: Counter) -> None:
    menu = order.session.menu
    pizza = menu.bundles[MARGHERITA]
    components = default_configuration(pizza, menu.bundles)
    components = with_base(pizza, components, size="Büyük Boy", crust="Tava").components
    components = make_stronger(pizza, components, pizza.groups[1].items[0].product_id)
    assert options_text(pizza, components) == "Büyük Boy Tava"
    assert details_text(pizza, components, menu.bundles).startswith("ekstra ")


async def test_order_is_placed_printed_reprinted_and_repeated(order: Counter) -> None:
    session = order.session
    order.change(*type_order(session, "margarita orta ince +mozza x"), *type_order(session, "2 pepsi kutu"))
    await order.sent()
    assert order.view().differences == 0
    placed = await order.place()
    tickets = session.tickets
    printed = tickets.render(tickets.ticket_of_order(placed), TicketCopy.KITCHEN, reprint=False)
    assert "1 X MARGARITA ORTA BOY İNCE" in printed
    assert "EKSTRA Mozzarella Peyniri" in printed
    # The crust is said with its pizza, and the usual strength not at all.
    assert not any(word in printed for word in ("NORMAL", "Klasik", "Kenar"))
    past = await session.history.latest(TOM)
    assert past is not None
    reprinted = tickets.render(tickets.ticket_from_past_order(past), TicketCopy.KITCHEN, reprint=True)
    assert goods(reprinted) == goods(printed)
    assert (await session.reorder.preview_last(TOM)).is_unchanged


def goods(ticket: str) -> list[str]:
    """The rows of a ticket between its two rules."""
    return ticket.split("-" * 42)[1].splitlines()


async def test_deal_is_typed_and_estimated_as_the_platform_prices_it(order: Counter) -> None:
    order.change(*type_order(order.session, "bir alana [,tava]"))
    await order.sent()
    view = order.view()
    assert (view.differences, view.estimate) == (0, view.total)
