"""Tickets: as wide as the paper, every line and amount on it, halves side by side for the kitchen."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion
from console.ordering.money import Currency
from console.ordering.placed.purchased_order import TotalRow
from console.ordering.placed.ticket import (
    MIN_WIDTH,
    Ticket,
    TicketCopy,
    TicketLine,
    TicketPart,
    large_digits,
    ticket_text,
)

KWD = Currency("KWD")
TOPPINGS = (
    TicketPart("Mozzarella"),
    TicketPart("Mushrooms", strength="Extra"),
    TicketPart("Olives", portion=Portion.LEFT),
    TicketPart("Peppers", portion=Portion.RIGHT, strength="Light"),
    TicketPart("Red Onions", portion=Portion.RIGHT),
)
PIZZA = TicketLine("Margherita", 2, Decimal("7.500"), "Large Pan", "left: Olives", TOPPINGS)
BREAD = TicketLine("Garlic Bread", 1, Decimal("0.750"))

NAMES = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
PARTS = st.recursive(
    st.builds(TicketPart, NAMES, NAMES, st.sampled_from(Portion), NAMES, st.integers(1, 3)),
    lambda parts: st.builds(
        TicketPart, NAMES, portion=st.sampled_from(Portion), parts=st.lists(parts, max_size=3).map(tuple)
    ),
    max_leaves=6,
)
LINES = st.builds(
    TicketLine,
    NAMES,
    st.integers(1, 999),
    st.decimals(0, 9999, places=3),
    NAMES,
    NAMES,
    st.lists(PARTS, max_size=4).map(tuple),
)
TICKETS = st.builds(
    Ticket,
    NAMES,
    st.one_of(NAMES, st.integers(1, 10**15).map(str)),
    NAMES,
    st.lists(LINES, max_size=4).map(tuple),
    st.just(KWD),
    st.lists(st.builds(TotalRow, NAMES, st.decimals(0, 9999, places=3)), max_size=3).map(tuple),
    st.sampled_from(DeliveryMode),
    *[NAMES] * 6,
)


def ticket(*lines: TicketLine, number: str = "7400001") -> Ticket:
    return Ticket(
        store="Salmiya",
        number=number,
        customer="Tom Sawyer",
        lines=lines,
        currency=KWD,
        totals=(TotalRow("Delivery", Decimal("0.500")), TotalRow("Total", Decimal("8.750"))),
        mode=DeliveryMode.DELIVERY,
        wanted_time="19:30",
        phone="965 5551 2345",
        address="Block 4, Street 12",
        notes="ring twice",
        payment="Cash on delivery",
    )


@given(TICKETS, st.sampled_from(TicketCopy), st.integers(MIN_WIDTH, 80), st.booleans())
def test_no_line_is_wider_than_the_paper(ticket: Ticket, copy: TicketCopy, width: int, reprint: bool) -> None:
    text = ticket_text(ticket, copy, width=width, reprint=reprint)
    assert all(cell_len(line) <= width for line in text.split("\n"))


@given(TICKETS, st.sampled_from(TicketCopy), st.booleans())
def test_nothing_in_a_name_is_an_order_to_the_printer(
    ticket: Ticket, copy: TicketCopy, reprint: bool
) -> None:
    text = ticket_text(ticket, copy, reprint=reprint)
    assert all(character.isprintable() for character in text.replace("\n", ""))


@given(TICKETS, st.integers(MIN_WIDTH, 80))
def test_the_customer_reads_every_amount_and_the_kitchen_none(ticket: Ticket, width: int) -> None:
    rows = ticket_text(ticket, TicketCopy.CUSTOMER, width=width).split("\n")
    for amount in (*(line.amount for line in ticket.lines), *(s.amount for s in ticket.totals)):
        assert any(row.endswith(KWD.format_number(amount)) for row in rows)


def test_the_kitchen_sees_no_money() -> None:
    assert "." not in ticket_text(ticket(PIZZA, BREAD), TicketCopy.KITCHEN)


@pytest.mark.parametrize("copy", TicketCopy)
def test_what_is_cancelled_says_so_on_both_copies(copy: TicketCopy) -> None:
    whole = ticket_text(replace(ticket(PIZZA, BREAD), is_cancelled=True), copy, reprint=True).split("\n")
    assert [line.strip() for line in whole[:2]] == ["DUPLICATE", "CANCELLED"]
    assert "CANCELLED: 1" in ticket_text(ticket(PIZZA, replace(BREAD, cancelled_quantity=1)), copy)
    assert "CANCELLED" not in ticket_text(ticket(PIZZA, BREAD), copy)


@pytest.mark.parametrize("copy", TicketCopy)
def test_order_that_is_not_to_be_made_says_why(copy: TicketCopy) -> None:
    rejected = replace(ticket(PIZZA), is_cancelled=True, cancelled_text="rejected by the store of Al Jahra")
    first, *_, last, _ = ticket_text(rejected, copy, width=20).split("\n")
    assert (first.strip(), last.strip()) == ("REJECTED BY THE", "STORE OF AL JAHRA")


@given(TICKETS, st.sampled_from(TicketCopy))
def test_only_a_reprint_says_duplicate(ticket: Ticket, copy: TicketCopy) -> None:
    assert "DUPLICATE" in ticket_text(ticket, copy, reprint=True).split("\n")[0]
    assert "DUPLICATE" not in ticket_text(ticket, copy)


def test_the_number_is_large() -> None:
    assert large_digits("74") == [
        " _     ",
        "  | |_|",
        "  |   |",
    ]
    assert [row.rstrip() for row in large_digits("7400001")] == [
        row
        for row in ticket_text(ticket(), TicketCopy.CUSTOMER).split("\n")
        if set(row) <= set(" _|") and row
    ]


def test_the_kitchen_sees_halves_and_strengths_at_a_glance() -> None:
    rows = ticket_text(ticket(PIZZA), TicketCopy.KITCHEN).split("\n")
    assert rows[rows.index("2 X MARGHERITA LARGE PAN") :][1:8] == [
        "  > left: Olives",
        "  Mozzarella",
        "  EXTRA Mushrooms",
        "  LEFT               | RIGHT",
        "  Olives             | LIGHT Peppers",
        "                     | Red Onions",
        "-" * 42,
    ]


def test_what_a_deal_holds_stands_below_it_with_its_own_halves() -> None:
    deal = TicketLine(
        "Family Deal",
        1,
        Decimal(9),
        parts=(TicketPart("Margherita", "Large Pan", parts=TOPPINGS), TicketPart("Pepsi", "Can", quantity=2)),
    )
    rows = ticket_text(ticket(deal), TicketCopy.KITCHEN).split("\n")
    start = rows.index("1 X FAMILY DEAL")
    assert rows[start + 1 : start + 4] == ["  Margherita Large Pan", "    Mozzarella", "    EXTRA Mushrooms"]
    assert "  2 x Pepsi Can" in rows


def test_the_customer_reads_who_how_when_and_what_is_paid() -> None:
    rows = ticket_text(ticket(PIZZA, BREAD), TicketCopy.CUSTOMER).split("\n")
    for row in (
        "Salmiya",
        "DELIVERY 19:30",
        "Tom Sawyer",
        "965 5551 2345",
        "Block 4, Street 12",
        "2 x Margherita Large Pan             7.500",
        "  left: Olives",
        "1 x Garlic Bread                     0.750",
        "Delivery                             0.500",
        "Total                                8.750",
        "Paid: Cash on delivery",
        "Note: ring twice",
    ):
        assert row in rows


def test_an_order_that_is_not_placed_says_so() -> None:
    assert "NOT PLACED YET" in ticket_text(ticket(BREAD, number=""), TicketCopy.KITCHEN)


def test_paper_that_is_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 20 columns"):
        ticket_text(ticket(), TicketCopy.CUSTOMER, width=MIN_WIDTH - 1)


def test_the_customers_copy_row_by_row() -> None:
    deal = TicketLine(
        "Deal",
        1,
        Decimal(9),
        "Large",
        parts=(
            TicketPart(
                "Margherita", "Pan", parts=(TicketPart("Olives", portion=Portion.LEFT, strength="Extra"),)
            ),
            TicketPart("Pepsi", portion=Portion.RIGHT, quantity=2),
        ),
    )
    text = ticket_text(
        replace(ticket(deal, number="A-7"), ordered_time="19:05", mode=DeliveryMode.PICKUP),
        TicketCopy.CUSTOMER,
        width=30,
    )
    assert text.split("\n") == [
        "Salmiya",
        "Order A-7",
        "PICKUP 19:30",
        "Tom Sawyer",
        "965 5551 2345",
        "Ordered 19:05",
        "-" * 30,
        "1 x Deal Large           9.000",
        "  Margherita Pan (left: EXTRA",
        "  Olives); right: 2 x Pepsi",
        "-" * 30,
        "Delivery                 0.500",
        "Total                    8.750",
        "Paid: Cash on delivery",
        "Note: ring twice",
        "",
    ]


def test_the_kitchens_copy_row_by_row() -> None:
    text = ticket_text(
        replace(ticket(replace(BREAD, cancelled_quantity=1), number=""), is_cancelled=True),
        TicketCopy.KITCHEN,
        width=20,
        reprint=True,
    )
    assert text.split("\n") == [
        "     DUPLICATE",
        "     CANCELLED",
        "Salmiya",
        "KITCHEN",
        "NOT PLACED YET",
        "DELIVERY 19:30",
        "Tom Sawyer",
        "965 5551 2345",
        "Block 4, Street 12",
        "-" * 20,
        "1 X GARLIC BREAD",
        "  CANCELLED: 1",
        "-" * 20,
        "Note: ring twice",
        "     DUPLICATE",
        "     CANCELLED",
        "",
    ]


def test_long_name_leaves_room_for_its_amount() -> None:
    line = TicketLine("Cheesy Garlic Bread", 1, Decimal("0.750"))
    rows = ticket_text(ticket(line), TicketCopy.CUSTOMER, width=20).split("\n")
    start = rows.index("1 x Cheesy")
    assert rows[start : start + 2] == ["1 x Cheesy", "Garlic Bread   0.750"]


def test_long_number_is_drawn_in_pieces() -> None:
    rows = ticket_text(ticket(number="1234567890"), TicketCopy.CUSTOMER, width=20).split("\n")
    start = rows.index("Order 1234567890") + 1
    assert rows[start : start + 6] == [
        *(row.rstrip() for row in large_digits("12345")),
        *(row.rstrip() for row in large_digits("67890")),
    ]


def test_five_digits_fit_where_they_just_fit() -> None:
    """Five digits of three cells with four spaces between them are 19 cells."""
    rows = ticket_text(ticket(number="12345"), TicketCopy.CUSTOMER, width=20).split("\n")
    assert rows[2:5] == [row.rstrip() for row in large_digits("12345")]
    assert max(map(len, large_digits("12345"))) == 19


def test_every_digit_is_drawn() -> None:
    assert large_digits("0123456789") == [
        " _       _   _       _   _   _   _   _ ",
        "| |   |  _|  _| |_| |_  |_    | |_| |_|",
        "|_|   | |_   _|   |  _| |_|   | |_|  _|",
    ]


def test_one_half_alone_has_a_dash_beside_it() -> None:
    left = TicketLine("Pizza", 1, Decimal(3), parts=(TicketPart("Olives", portion=Portion.LEFT),))
    right = TicketLine("Pizza", 1, Decimal(3), parts=(TicketPart("Corn", portion=Portion.RIGHT),))
    rows = ticket_text(ticket(left, right), TicketCopy.KITCHEN, width=24).split("\n")
    assert [row for row in rows if "|" in row and not set(row) <= set(" _|")] == [
        "  LEFT      | RIGHT",
        "  Olives    | -",
        "  LEFT      | RIGHT",
        "  -         | Corn",
    ]


@pytest.mark.parametrize("strength", ["", "Single", "NORMAL", "regular"])
def test_usual_strength_is_not_printed(strength: str) -> None:
    line = TicketLine("Pizza", 1, Decimal(3), parts=(TicketPart("Olives", strength=strength),))
    assert "  Olives" in ticket_text(ticket(line), TicketCopy.KITCHEN).split("\n")


def test_narrowest_ticket_is_printed() -> None:
    assert ticket_text(ticket(BREAD), TicketCopy.KITCHEN, width=MIN_WIDTH)


def test_deep_parts_keep_half_of_the_width() -> None:
    part = TicketPart("Bottom")
    for title in ("Six", "Five", "Four", "Three", "Two", "One"):
        part = TicketPart(title, parts=(part,))
    rows = ticket_text(ticket(TicketLine("Deal", 1, Decimal(3), parts=(part,))), TicketCopy.KITCHEN, width=24)
    found = [row for row in rows.split("\n") if row.strip() in {"One", "Two", "Three", "Four", "Bottom"}]
    assert found == ["  One", "    Two", "      Three", "      Four", "      Bottom"]
