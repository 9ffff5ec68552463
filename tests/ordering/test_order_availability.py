"""Which stores can give all of an order: parts counted, the nearest first, and what is lacking said."""

from decimal import Decimal

from console.ordering.draft import AddLine, Component, Draft, DraftLine, OrderItem
from console.ordering.order_availability import RequiredItem, rank_stores, required_items
from console.ordering.stores import Location

HERE = Location(1, "H", "Here", latitude=29.0, longitude=48.0)
NEAR = Location(2, "N", "Near", latitude=29.1, longitude=48.0)
FAR = Location(3, "F", "Far", latitude=30.0, longitude=48.0)
NOWHERE = Location(4, "X", "Nowhere")
STORES = (FAR, NOWHERE, NEAR, HERE)
BREAD = OrderItem(10, 0, "Garlic Bread", "", Decimal(1))
PIZZA = OrderItem(
    20, 0, "Pizza", "Large", Decimal(5), (Component(21, 211), Component(22, 221, 2, title="Olives"))
)


def order(*lines: tuple[OrderItem, int]) -> Draft:
    return Draft.replay(AddLine(DraftLine(f"L{n}", item, many)) for n, (item, many) in enumerate(lines))


def names(
    stock: dict[int, dict[tuple[int, int], int]], draft: Draft, named: set[int] | None = None
) -> list[str]:
    found = rank_stores(required_items(draft), stock, STORES, HERE, named)
    return [f"{offer.location.name}{'' if offer.has_all else '-'}" for offer in found]


def test_same_product_in_lines_and_bundles_is_summed() -> None:
    """Lines of one product and parts of bundles are counted together."""
    assert required_items(order((BREAD, 2), (PIZZA, 3), (BREAD, 1))) == (
        RequiredItem(10, 0, 3, "Garlic Bread"),
        RequiredItem(20, 0, 3, "Pizza Large"),
        RequiredItem(21, 211, 3, ""),
        RequiredItem(22, 221, 6, "Olives"),
    )


def test_who_has_all_comes_first_this_store_before_the_nearest() -> None:
    stock = {store.location_id: {(10, 0): 2} for store in STORES}
    assert names(stock, order((BREAD, 2))) == ["Here", "Near", "Far", "Nowhere"]
    stock[1] = {(10, 0): 1}
    assert names(stock, order((BREAD, 2))) == ["Near", "Far", "Nowhere", "Here-"]


def test_what_is_lacking_is_said_with_what_is_there() -> None:
    stock = {1: {(10, 0): 1, (22, 221): 0}, 2: {(10, 0): 9, (22, 221): 9}}
    found = {
        o.location.name: [lack.text for lack in o.shortages]
        for o in rank_stores(required_items(order((BREAD, 2), (PIZZA, 1))), stock, (HERE, NEAR), HERE)
    }
    assert found == {"Near": [], "Here": ["Garlic Bread: 1 of 2", "Olives: none of 2"]}


def test_what_no_store_keeps_a_figure_of_is_not_lacking() -> None:
    stock = {1: {(21, 211): 1, (22, 221): 2}}
    assert names(stock, order((PIZZA, 1)))[0] == "Here"


def test_a_store_that_the_platform_does_not_name_is_not_offered() -> None:
    stock = {store.location_id: {(10, 0): 2} for store in STORES}
    assert names(stock, order((BREAD, 1)), {3}) == ["Far", "Here-", "Near-", "Nowhere-"]
