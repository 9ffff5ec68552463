"""Amounts of a past order: the lines, delivery, tax and discount add up to the platform's total."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from console.api.orders.models import WireOrder
from console.ordering.money import Currency
from console.services.history.mapping import to_past_order

CURRENCIES = st.sampled_from([Currency(code) for code in ("KWD", "USD", "JPY")])
AMOUNTS = st.decimals(min_value=0, max_value=100, places=6)
LINES = st.lists(st.tuples(AMOUNTS, st.integers(1, 20)), min_size=1, max_size=6)


@given(LINES, st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), CURRENCIES)
def test_past_order_adds_up_for_any_prices(
    lines: list[tuple[Decimal, int]], charges: tuple[Decimal, Decimal, Decimal], currency: Currency
) -> None:
    delivery, tax, discount = charges
    exact = sum((price * quantity for price, quantity in lines), Decimal(0)) + delivery + tax - discount
    order = to_past_order(
        WireOrder.model_validate(
            {
                "OrderId": 1,
                "TotalAmount": exact,
                "TAXTotal": tax,
                "PromotionDiscount": discount,
                "OrderLineId": [
                    {"OrderLineId": number, "ProductId": 1, "Quantity": quantity, "ProductPrice": price}
                    for number, (price, quantity) in enumerate(lines, 1)
                ],
            }
        ),
        currency,
        0.0,
        lambda _product_id, _variant_id: None,
    )
    assert order.total == currency.round(exact)
    amounts = [line.total for line in order.lines or ()]
    assert sum(amounts, Decimal(0)) == order.goods_total
    assert order.goods_total + order.delivery_charge + order.tax - order.discount == order.total
    coin = Decimal(1).scaleb(-currency.digits)
    assert all(
        abs(amount - price * quantity) < coin
        for amount, (price, quantity) in zip(amounts, lines, strict=True)
    )
    assert abs(order.delivery_charge - delivery) < coin
