"""Purchased lines of a cart and of an order, in one shape."""

from decimal import Decimal

from console.api.orders.models import WireOrder
from console.ordering.draft import Portion
from console.sync.cart.observed_cart import CartLine, Configuration
from console.sync.placement.purchased_lines import cart_contents, has_parts, order_contents, same_contents
from console.sync.placement.state import PurchasedLine, merge_equal


def bought(*lines: dict[str, object]) -> tuple[PurchasedLine, ...]:
    return order_contents(WireOrder.model_validate({"OrderId": 1, "OrderLineId": list(lines)}))


def row(line_id: int, product_id: int, quantity: int, parent: int = 0, **more: object) -> dict[str, object]:
    ids = {"OrderLineId": line_id, "ProductId": product_id, "ParentReDetailsId": parent}
    return {**ids, "Quantity": quantity, **more}


def test_equal_lines_add_up_and_are_sorted() -> None:
    lines = [PurchasedLine(2, 0, 1), PurchasedLine(1, 0, 2), PurchasedLine(2, 0, 3), PurchasedLine(2, 5, 1)]
    assert merge_equal(lines) == (PurchasedLine(1, 0, 2), PurchasedLine(2, 0, 4), PurchasedLine(2, 5, 1))


def test_cart_lines_have_their_own_quantity_and_parts_theirs() -> None:
    olives = Configuration(12, 121, quantity=2, portion=Portion.LEFT)
    pizza = Configuration(10, 101, components=(olives, Configuration(11)))
    line = CartLine("k", pizza, 3, "", "", Decimal(1))
    parts = (PurchasedLine(11, 0, 1), PurchasedLine(12, 121, 2, Portion.LEFT))
    assert cart_contents([line]) == (PurchasedLine(10, 101, 3, parts=parts),)


def test_equal_cart_lines_add_up() -> None:
    lines = [CartLine(key, Configuration(1), 2, "", "", Decimal(1)) for key in ("a", "b")]
    assert cart_contents(lines) == (PurchasedLine(1, 0, 4),)


def test_order_lines_have_their_variant_and_quantity() -> None:
    lines = bought(row(1, 20, 3, VariantProductId=201), row(2, 10, 1))
    assert lines == (PurchasedLine(10, 0, 1), PurchasedLine(20, 201, 3))


def test_parts_of_an_order_are_for_one_of_the_line_around_them() -> None:
    lines = bought(
        row(1, 10, 3), row(2, 11, 3, 1), row(3, 12, 6, 1, Portion="L"), row(4, 20, 1), row(5, 21, 2, 4)
    )
    assert lines == (
        PurchasedLine(10, 0, 3, parts=(PurchasedLine(11, 0, 1), PurchasedLine(12, 0, 2, Portion.LEFT))),
        PurchasedLine(20, 0, 1, parts=(PurchasedLine(21, 0, 2),)),
    )


def test_parts_of_parts_are_for_one_of_their_part() -> None:
    lines = bought(row(1, 10, 2), row(2, 11, 4, 1), row(3, 12, 8, 2))
    inner = PurchasedLine(11, 0, 2, parts=(PurchasedLine(12, 0, 2),))
    assert lines == (PurchasedLine(10, 0, 2, parts=(inner,)),)


def test_line_without_a_quantity_has_its_parts_undivided() -> None:
    assert bought(row(1, 10, 0), row(2, 11, 2, 1)) == (
        PurchasedLine(10, 0, 0, parts=(PurchasedLine(11, 0, 2),)),
    )


def test_parts_that_do_not_divide_are_whole_ones() -> None:
    (line,) = bought(row(1, 10, 2), row(2, 11, 7, 1))
    assert line.parts == (PurchasedLine(11, 0, 3),)


def test_order_without_lines_has_none() -> None:
    assert bought() == ()
    assert bought(row(2, 11, 1, 1)) == ()


def test_unknown_portion_is_the_whole() -> None:
    (line,) = bought(row(1, 10, 1), row(2, 11, 1, 1, Portion="Q"))
    assert line.parts == (PurchasedLine(11, 0, 1, Portion.WHOLE),)


def test_lines_in_a_cycle_end() -> None:
    assert bought(row(1, 10, 1), row(2, 11, 1, 3), row(3, 12, 1, 2)) == (PurchasedLine(10, 0, 1),)
    assert bought(row(1, 10, 1), row(1, 11, 1, 1)) == (
        PurchasedLine(10, 0, 1, parts=(PurchasedLine(11, 0, 1),)),
    )


LEFT = (PurchasedLine(10, 0, 1, parts=(PurchasedLine(12, 0, 1, Portion.LEFT),)),)
RIGHT = (PurchasedLine(10, 0, 1, parts=(PurchasedLine(12, 0, 1, Portion.RIGHT),)),)
PLAIN = (PurchasedLine(10, 0, 1),)


def test_parts_tell_lines_apart() -> None:
    assert same_contents(LEFT, LEFT)
    assert not same_contents(LEFT, RIGHT)


def test_parts_do_not_count_where_one_has_none() -> None:
    assert same_contents(LEFT, PLAIN)
    assert same_contents(PLAIN, RIGHT)


def test_parts_do_not_count_where_they_are_not_asked_for() -> None:
    assert same_contents(LEFT, RIGHT, with_parts=False)
    assert not same_contents(LEFT, (PurchasedLine(10, 0, 2),), with_parts=False)


def test_variant_and_quantity_count_without_parts() -> None:
    assert not same_contents(PLAIN, (PurchasedLine(10, 1, 1),))
    assert not same_contents(PLAIN, (PurchasedLine(10, 0, 2),))
    assert not same_contents(PLAIN, (*PLAIN, PurchasedLine(11, 0, 1)))


def test_lines_that_differ_in_parts_only_add_up_without_them() -> None:
    assert same_contents((*LEFT, *RIGHT), (PurchasedLine(10, 0, 2),))


def test_one_line_with_parts_is_enough() -> None:
    assert has_parts((PurchasedLine(1, 0, 1), *LEFT))
    assert not has_parts((PurchasedLine(1, 0, 1), PurchasedLine(2, 0, 1)))
