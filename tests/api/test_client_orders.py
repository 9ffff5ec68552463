"""Orders from cart to delivery through the services, against the sandbox: signed and over ASGI."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from pydantic import SecretStr

from console.api.carts.checkout_requests import (
    OrderAddress,
    OrderAttribute,
    PromotionSearch,
    RequestedProduct,
)
from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.errors import (
    AlreadyExists,
    CartRefused,
    InvalidInput,
    NotFound,
    OrderRefused,
    PlatformError,
    VoucherRefused,
)
from console.api.orders.models import WireOrderStatus
from console.api.orders.requests import (
    Cancellation,
    CancelReason,
    HistorySearch,
    OrderSearch,
    PaymentType,
    WirePayment,
)
from console.api.stores.models import EtaDeliveryType
from console.sandbox.app import Sandbox
from console.sandbox.store import Store
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.api.counting_app import RequestCounter

pytestmark = pytest.mark.anyio

NOW = datetime(2025, 7, 20, 11, 26, 40, tzinfo=timezone(timedelta(hours=3)))
HERE, GARLIC_BREAD, CAESAR, PIZZA = 27299, 13047603, 13047619, 13047325
BREAD = CartItemRequest(product_id=GARLIC_BREAD, location_id=HERE)
TRANSFER = WirePayment("OnlineBankTransfer", PaymentType.BANK_TRANSFER, "10961")
CANCELLATION = Cancellation(CancelReason.CUSTOMER_REQUEST, NOW)


@pytest.fixture
async def token(api: ApiClient, store: Store) -> SecretStr:
    """Open a session of Tom's with one garlic bread in its cart."""
    operator = store.merchant.operators[0]
    walk_in = await api.customers.access_token()
    started = await api.customers.start_session(
        user_name="tom.sawyer@example.com",
        operator_id=operator.operator_id,
        password=SecretStr(operator.password),
        location_id=HERE,
        token=walk_in.access_token,
    )
    await api.carts.add_items(
        token=started.access_token, items=[BREAD], delivery_mode=WireDeliveryMode.DELIVERY
    )
    return started.access_token


class TestPlacing:
    async def test_a_cart_becomes_an_order_that_is_found(self, api: ApiClient, token: SecretStr) -> None:
        placed = await api.orders.place(token=token, payment=WirePayment())

        order = await api.orders.information(order_id=placed.order_id)
        assert (order.known_status, order.total) == (WireOrderStatus.AUTHORISED, Decimal("1.25"))
        assert [line.product_id for line in order.lines] == [GARLIC_BREAD]
        assert (await api.carts.get(token=token)).items == ()
        assert [o.order_id for o in await api.orders.search(OrderSearch())] == [placed.order_id]
        history = await api.orders.history(HistorySearch(user_id=order.user_id))
        assert [o.order_id for o in history] == [placed.order_id]

    async def test_an_empty_cart_says_so(self, api: ApiClient, token: SecretStr) -> None:
        await api.orders.place(token=token, payment=WirePayment())

        with pytest.raises(CartRefused, match="cart is empty"):
            await api.orders.place(token=token, payment=WirePayment())

    @pytest.mark.parametrize(
        ("kind", "orders"),
        [
            (FaultKind.DROP_BEFORE, 0),
            (FaultKind.STATUS_500, 0),
            (FaultKind.DROP_AFTER, 1),
            (FaultKind.TRUNCATED, 1),
            (FaultKind.NOT_JSON, 1),
        ],
    )
    async def test_a_lost_response_is_an_unknown_outcome_without_a_resend(
        self, api: ApiClient, token: SecretStr, counter: RequestCounter, kind: FaultKind, orders: int
    ) -> None:
        counter.app.state.switches.current = Switches(faults=(Fault("orders.place", kind),))

        with pytest.raises(PlatformError) as caught:
            await api.orders.place(token=token, payment=WirePayment())

        assert caught.value.outcome_unknown
        assert "check before you repeat it" in caught.value.message
        assert len([path for path in counter.paths if "PlaceOrder" in path]) == 1
        assert len(await api.orders.search(OrderSearch())) == orders

    @pytest.mark.parametrize("kind", [FaultKind.STATUS_429, FaultKind.SESSION_EXPIRED])
    async def test_a_refusal_is_no_unknown_outcome(
        self, api: ApiClient, token: SecretStr, sandbox: Sandbox, counter: RequestCounter, kind: FaultKind
    ) -> None:
        sandbox.state.switches.current = Switches(faults=(Fault("orders.place", kind),))

        with pytest.raises(PlatformError) as caught:
            await api.orders.place(token=token, payment=WirePayment())

        assert not caught.value.outcome_unknown
        assert len([path for path in counter.paths if "PlaceOrder" in path]) == 1

    async def test_what_ran_out_in_between_is_not_ordered(
        self, api: ApiClient, token: SecretStr, sandbox: Sandbox
    ) -> None:
        sandbox.state.switches.current = Switches(stock_changes={GARLIC_BREAD: 0})

        with pytest.raises(OrderRefused):
            await api.orders.place(token=token, payment=WirePayment())

        cart = await api.carts.get(token=token)
        assert [(failed.product_id, failed.code) for failed in cart.failed_items] == [(GARLIC_BREAD, 5004)]

    async def test_a_transfer_waits_to_be_authorised(self, api: ApiClient, token: SecretStr) -> None:
        order_id = (await api.orders.place(token=token, payment=TRANSFER)).order_id
        assert (await api.orders.status(order_id=order_id)).known_status is WireOrderStatus.PENDING

        async def authorise() -> None:
            await api.orders.authorise(
                order_id=order_id,
                payment_type=PaymentType.BANK_TRANSFER,
                gateway_response=SecretStr("paid"),
                day=NOW.date(),
            )

        await authorise()
        assert (await api.orders.status(order_id=order_id)).known_status is WireOrderStatus.AUTHORISED
        with pytest.raises(AlreadyExists):
            await authorise()

    async def test_a_reference_attribute_is_read_back_by_value(
        self, api: ApiClient, token: SecretStr, sandbox: Sandbox
    ) -> None:
        sandbox.state.switches.current = Switches(order_attributes=frozenset({"reference"}))
        await api.carts.add_attributes(token=token, attributes=[OrderAttribute(7, "reference", "01J-A")])

        order_id = (await api.orders.place(token=token, payment=WirePayment())).order_id

        (attribute,) = (await api.orders.information(order_id=order_id)).attributes
        assert (attribute.name, attribute.value) == ("reference", "01J-A")

    async def test_an_attribute_that_is_not_configured_is_refused(
        self, api: ApiClient, token: SecretStr
    ) -> None:
        with pytest.raises(InvalidInput):
            await api.carts.add_attributes(token=token, attributes=[OrderAttribute(7, "reference", "x")])


class TestFollowing:
    @pytest.fixture
    async def order_id(self, api: ApiClient, token: SecretStr) -> int:
        return (await api.orders.place(token=token, payment=WirePayment())).order_id

    async def test_an_order_is_cancelled_once(self, api: ApiClient, order_id: int) -> None:
        await api.orders.cancel(order_id=order_id, cancellation=CANCELLATION)

        assert (await api.orders.status(order_id=order_id)).known_status is WireOrderStatus.CANCELLED
        with pytest.raises(AlreadyExists):
            await api.orders.cancel(order_id=order_id, cancellation=CANCELLATION)

    async def test_a_line_is_cancelled(self, api: ApiClient, order_id: int) -> None:
        (line,) = await api.orders.details(order_id=order_id)

        await api.orders.cancel_line(
            order_id=order_id, cancellation=CANCELLATION, quantities={line.line_id: 1}
        )

        (activity,) = await api.orders.activity(order_ids=[order_id], with_changes=True)
        assert [(c.line_id, c.new_quantity) for c in activity.changes] == [(line.line_id, 0)]
        assert await api.orders.shipments(order_id=order_id) == ()

    async def test_reference_is_saved_and_the_order_is_ordered_again(
        self, api: ApiClient, token: SecretStr, order_id: int
    ) -> None:
        await api.orders.update_reference(order_id=order_id, reference="R-1")
        order = await api.orders.information(order_id=order_id)
        cart = await api.orders.reorder(order_id=order_id, user_id=order.user_id)

        assert order.reference == "R-1"
        assert cart.items == (await api.carts.get(token=token)).items

    async def test_an_unknown_order_says_so(self, api: ApiClient, order_id: int) -> None:
        with pytest.raises(NotFound):
            await api.orders.information(order_id=1)


class TestCheckout:
    async def test_cart_accepts_every_setting_and_returns_it(self, api: ApiClient, token: SecretStr) -> None:
        carts = api.carts
        day = (await carts.slots(token=token))[1]
        slot = next(slot for slot in day.slots if not slot.is_disabled)
        address = OrderAddress(street="1 Street", city="846", pin="22001")
        await carts.update_address(token=token, billing=address, validate_area=True)
        cart = await carts.set_slot(token=token, slot_id=slot.slot_id, day=NOW + timedelta(days=1))
        assert (cart.delivery_slot_id, cart.ship_street, cart.ship_pin) == (slot.slot_id, "1 Street", "22001")

        cart = await carts.update_properties(
            token=token, slot_id=0, requested_time=NOW + timedelta(hours=5), location_id=22612
        )
        assert (cart.delivery_slot_id, cart.location_id, cart.requested_time) == (
            0,
            22612,
            NOW + timedelta(hours=5),
        )
        cart = await carts.set_shipping_mode(token=token, mode_id=12143, is_pickup=True)
        assert cart.shipping_cost == 0

    async def test_vouchers_come_and_go(self, api: ApiClient, token: SecretStr) -> None:
        carts = api.carts
        with pytest.raises(VoucherRefused, match="too small"):
            await carts.apply_voucher(token=token, voucher_code="HALFDINAR")
        suggested = {c.voucher_code: c for c in await carts.coupon_suggestions(token=token)}
        assert suggested["TENOFF"].is_satisfied
        cart = await carts.apply_voucher(token=token, voucher_code="TENOFF")
        assert (cart.voucher_discount, cart.voucher_code) == (Decimal("0.075"), "TENOFF")
        cart = await carts.remove_voucher(token=token, voucher_code="TENOFF")
        assert cart.voucher_discount == 0

    async def test_a_line_is_edited_and_all_is_taken_out(self, api: ApiClient, token: SecretStr) -> None:
        (line,) = (await api.carts.get(token=token)).items
        request = CartItemRequest(product_id=CAESAR, location_id=HERE, reference_key=line.reference_key)
        edited = await api.carts.edit(token=token, item=request, delivery_mode=WireDeliveryMode.DELIVERY)
        assert [item.product_id for item in edited.cart.items] == [CAESAR]
        added = await api.carts.add_at_location(
            token=token, product_id=PIZZA, location_id=HERE, currency="KWD", quantity=3
        )
        assert len(added.cart.items) == 2
        gift = await api.carts.add_free_products(
            token=token, rule_id=41689, items=[BREAD], delivery_mode=WireDeliveryMode.DELIVERY
        )
        assert gift.cart.items[-1].is_free
        await api.carts.remove_all(token=token)
        await api.carts.clear(token=token)
        assert (await api.carts.get(token=token)).items == ()

    async def test_a_cart_is_offered_what_the_store_has(self, api: ApiClient, token: SecretStr) -> None:
        carts = api.carts
        assert GARLIC_BREAD not in await carts.recommendations(token=token)
        assert "COD" in {option.option for option in await carts.payment_options(token=token)}
        promotions = await carts.promotions(token=token, search=PromotionSearch(has_vouchers=True))
        assert "TENOFF" in {promotion.voucher_code for promotion in promotions}
        stores = await carts.common_stores(products=[RequestedProduct(product_id=GARLIC_BREAD)])
        assert HERE in {store.location_id for store in stores}

    async def test_a_converted_deal_is_named(
        self, api: ApiClient, token: SecretStr, sandbox: Sandbox
    ) -> None:
        sandbox.state.switches.current = Switches(convert_deals={GARLIC_BREAD: 8293532})

        cart = await api.carts.get(token=token)

        (converted,) = cart.converted_deals
        assert (converted.product_id, converted.deal_id) == (GARLIC_BREAD, 8293532)
        assert converted.reference_key == cart.items[0].reference_key

    async def test_a_suggested_deal_is_named_and_the_line_stays(
        self, api: ApiClient, token: SecretStr, sandbox: Sandbox
    ) -> None:
        sandbox.state.switches.current = Switches(combo_suggestions={GARLIC_BREAD: 8293532})

        cart = await api.carts.get(token=token)

        (suggested,) = cart.suggested_deals
        assert (suggested.product_id, suggested.deal_id) == (GARLIC_BREAD, 8293532)
        assert cart.items[0].product_id == GARLIC_BREAD


async def test_where_and_how_fast_the_stores_deliver(api: ApiClient) -> None:
    city, *_ = await api.locations.delivery_cities()
    in_city = await api.locations.search_areas(city_id=city.city_id)
    served = await api.locations.delivery_areas(location_id=HERE)
    assert city.area_id in {area.area_id for area in in_city} & {area.area_id for area in served}
    assert await api.locations.search_areas(city_id=1) == ()
    eta = await api.locations.eta(location_code="SALM", kind=EtaDeliveryType.TAKE_AWAY)
    assert eta.take_away is not None
    assert (eta.take_away.start, eta.home_delivery) == (10, None)
    assert [reason.code for reason in await api.locations.reason_codes()] == ["OR", "TR"]
    assert await api.locations.details(location_id=HERE) == await api.locations.information(location_id=HERE)
    with pytest.raises(NotFound):
        await api.locations.delivery_areas(location_id=1)
