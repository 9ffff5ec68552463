"""Real orders are shown, reprinted and repeated: base and strength by the platform's own property names."""

import pytest

from console.api.orders.models import WireOrder
from console.ordering.catalogue import Variant
from console.ordering.money import Currency
from console.ordering.placed.past_orders import PastOrder, line_details
from console.ordering.placed.ticket import TicketCopy, ticket_text
from console.ordering.property_names import PropertyNames
from console.ordering.store_time import MACHINE_TIME
from console.ordering.vocabulary import Vocabulary
from console.services.history.mapping import to_past_order
from console.services.tickets.mapping import ticket_of_past_order
from tests.services.history.real_shapes import english_deal, turkish_deal

AED = Currency("AED")


def no_variant(product_id: int, variant_id: int) -> Variant | None:
    return None


def read(record: WireOrder, names: PropertyNames | None = None) -> PastOrder:
    words = Vocabulary(properties=names or PropertyNames())
    return to_past_order(record, AED, 1.8e9, MACHINE_TIME, no_variant, words)


def printed(order: PastOrder, copy: TicketCopy) -> list[str]:
    ticket = ticket_of_past_order(order, store="Sample", currency=AED, bundles={})
    assert ticket.balance == 0
    return ticket_text(ticket, copy, reprint=True).split("-" * 42)[1].splitlines()[1:]


def test_english_deal_is_shown_with_its_crust_as_the_base() -> None:
    order = read(english_deal())
    assert [line_details(line) for line in order.lines or ()] == [
        "Garden Pizza Pan Medium (extra Roast Chicken, Mozzarella), Cola Bottle",
        "",
    ]
    assert (order.wanted_time, order.notes) == ("12-Aug-2019, 04:00 PM to 04:15 PM", "extra napkins")


def test_english_deal_is_reprinted() -> None:
    assert printed(read(english_deal()), TicketCopy.KITCHEN) == [
        "1 X SAMPLE DEAL",
        "  Garden Pizza Pan Medium",
        "    EXTRA Roast Chicken",
        "    Mozzarella",
        "  Cola Bottle",
        "1 X WINGS 6 PIECES GARLIC LIME",
    ]
    assert (
        printed(read(english_deal()), TicketCopy.CUSTOMER)[-1] == "1 x Wings 6 Pieces Garlic Lime       24.00"
    )


@pytest.mark.parametrize("names", [PropertyNames(), PropertyNames(["Boy"], ["Kenar"], ["Güç"])])
def test_turkish_deal_is_reprinted_in_its_own_words(names: PropertyNames) -> None:
    """The names mean size, crust and strength by the shape of the pizza, and by the profile."""
    assert printed(read(turkish_deal(), names), TicketCopy.KITCHEN) == [
        "1 X ÖRNEK MENÜ",
        "  Bahçe Pizza İnce Orta Boy",
        "    EKSTRA Dana Dilim",
        "    Mantar",
        "  Kola Şişe (1 L)",
    ]


def test_empty_slot_is_no_time() -> None:
    assert read(turkish_deal()).wanted_time == ""
