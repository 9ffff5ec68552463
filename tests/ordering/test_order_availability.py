"""Which stores can give all of an order: parts counted, the nearest first, and what is lacking said."""

from decimal import Decimal

from console.ordering.draft import AddLine, Component, Draft, DraftLine, OrderItem
from console.ordering.order_availability import (
    RequiredItem,
    Shortage,
    StoreAvailability,
    StoreLinePrice,
    StorePrices,
    rank_stores,
    required_items,
)
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


def test_parts_of_parts_are_counted_for_every_one_around_them() -> None:
    inner = Component(22, 221, 2, title="Olives")
    deal = OrderItem(
        30, 0, "Deal", "", Decimal(9), (Component(20, 0, 3, title="Pizza", components=(inner,)),)
    )
    assert required_items(order((deal, 2))) == (
        RequiredItem(30, 0, 2, "Deal"),
        RequiredItem(20, 0, 6, "Pizza"),
        RequiredItem(22, 221, 12, "Olives"),
    )


def test_first_title_of_an_item_is_shown() -> None:
    cold = OrderItem(10, 0, "Cold Bread", "", Decimal(1))
    assert [one.title for one in required_items(order((BREAD, 1), (cold, 1)))] == ["Garlic Bread"]


def test_variants_of_one_product_are_counted_apart() -> None:
    large, small = (OrderItem(10, number, "Bread", "", Decimal(1)) for number in (101, 102))
    assert [one.key for one in required_items(order((large, 1), (small, 2)))] == [(10, 101), (10, 102)]


def test_enough_is_exactly_what_is_asked_for() -> None:
    stock = {1: {(10, 0): 2}, 2: {(10, 0): 1}, 3: {(10, 0): -5}}
    found = {
        one.location.name: one.shortages
        for one in rank_stores(required_items(order((BREAD, 2))), stock, (HERE, NEAR, FAR), HERE)
    }
    bread = RequiredItem(10, 0, 2, "Garlic Bread")
    assert found == {"Here": (), "Near": (Shortage(bread, 1),), "Far": (Shortage(bread, 0),)}


def test_store_that_reports_nothing_has_none_of_it() -> None:
    found = rank_stores(required_items(order((BREAD, 1))), {2: {(10, 0): 1}}, (HERE,), HERE)
    assert [lack.in_stock for lack in found[0].shortages] == [0]


def test_distances_are_from_the_current_store() -> None:
    found = rank_stores([], {}, (NEAR, NOWHERE), HERE)
    assert [one.distance_km for one in found] == [HERE.distance_km(NEAR), None]


def test_stores_of_unknown_place_come_last_by_name() -> None:
    elsewhere = Location(5, "E", "Elsewhere")
    found = rank_stores([], {}, (NOWHERE, FAR, elsewhere), HERE)
    assert [one.location.name for one in found] == ["Far", "Elsewhere", "Nowhere"]


def test_store_has_all_only_if_nothing_lacks_and_the_platform_agrees() -> None:
    bread = RequiredItem(10, 0, 2, "Garlic Bread")
    assert StoreAvailability(HERE, 0.0, ()).has_all
    assert not StoreAvailability(HERE, 0.0, (), is_confirmed=False).has_all
    assert not StoreAvailability(HERE, 0.0, (Shortage(bread, 1),)).has_all


def test_only_lines_with_another_price_have_changed() -> None:
    same = StoreLinePrice("L1", "Bread", Decimal("0.750"), Decimal("0.75"), 1, 1)
    dearer = StoreLinePrice("L2", "Cola", Decimal("0.300"), Decimal("0.350"), 2, 2)
    assert StorePrices(NEAR, (same, dearer)).changed_lines == (dearer,)
