"""Orders: requests as the documents print them, and their sample responses parsed in full.

Get Order Information is printed with an extra comma in its list of lines: it is stored as
``.printed.txt`` beside a copy without it.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pydantic import AliasChoices, SecretStr

from console.api.errors import (
    MismatchedResponse,
    OrderRefused,
    UnreadableResponse,
)
from console.api.orders import history_models
from console.api.orders import models as order_models
from console.api.orders.models import WireOrderStatus
from console.api.orders.requests import (
    Cancellation,
    CancelReason,
    CheckOutType,
    HistorySearch,
    OrderSearch,
    WirePayment,
)
from console.api.transport.wire_types import WireError, WireModel, read_json
from console.sync.placement.rejection import RejectionSubject, rejection_subject
from tests.api.documents.printed_samples import as_text, payload, sent_payload
from tests.api.documents.samples import API_SAMPLES, TOKEN, documented_api

pytestmark = pytest.mark.anyio

AUTHORISING = "fd986588-63df-4d76-9ddd-5d8b984518a5"
CANCELLING = "f48fdd16-92db-4188-854d-1ecd9b62d066"


class TestPlacing:
    async def test_place_order(self) -> None:
        api, port = documented_api("orders.place")

        placed = await api.orders.place(token=TOKEN, payment=WirePayment(), validate_area=True)

        assert port.path == "Order/PlaceOrder/6c57599f"
        assert port.requests[0].headers["accesstoken"] == TOKEN.get_secret_value()
        assert sent_payload(port, "orders.place") == payload("orders.place")
        assert placed.order_id == 2744271

    @pytest.mark.parametrize(
        "instead", ["null", '{"OrderID": 0}', '{"OrderID": "soon"}', '{"ValidationResponse": null}', "[]"]
    )
    async def test_success_without_an_order_is_an_unknown_outcome(self, instead: str) -> None:
        api, port = documented_api("orders.place")
        port.body = f'{{"messageCode": "1004", "OrderCreationResponse": {instead}}}'.encode()

        with pytest.raises(UnreadableResponse) as caught:
            await api.orders.place(token=TOKEN, payment=WirePayment())

        assert caught.value.outcome_unknown
        assert len(port.requests) == 1

    @pytest.mark.parametrize(
        ("validator", "subject"),
        [
            ("StockValidator", RejectionSubject.LINES),
            ("DiscountVoucherValidator", RejectionSubject.VOUCHER),
            ("StoreTimingsValidator", RejectionSubject.DELIVERY_SLOT),
            ("ShippingModeValidator", RejectionSubject.MODE),
            ("DeliveryAreaValidator", RejectionSubject.ADDRESS),
            ("PaymentoptionValidator", RejectionSubject.PAYMENT),
            ("OrderAmountValidator", RejectionSubject.AMOUNT),
            ("SomethingNewValidator", RejectionSubject.ORDER),
        ],
    )
    async def test_refusal_of_a_validator_names_the_part_of_the_order(
        self, validator: str, subject: RejectionSubject
    ) -> None:
        """As the printed sample, with another validator."""
        api, port = documented_api("orders.place")
        printed = (API_SAMPLES / "orders.place.refused.answer.json").read_text()
        port.body = printed.replace("StockValidator", validator).encode()

        with pytest.raises(OrderRefused) as caught:
            await api.orders.place(token=TOKEN, payment=WirePayment())

        assert not caught.value.outcome_unknown
        assert rejection_subject(caught.value) is subject

    async def test_authorize_order(self) -> None:
        api, port = documented_api("orders.authorise", merchant=AUTHORISING)

        done = await api.orders.authorise(
            order_id=7557689,
            payment_type="Credit",
            gateway_response=SecretStr("ewe23232323232"),
            day=date(2019, 3, 12),
            comment="TestComment",
            instrument_number="12444",
            bank="KOTAK",
        )

        assert port.path == "order/Authorize"
        assert sent_payload(port, "orders.authorise") == payload("orders.authorise")
        assert done.is_allocated is False

    async def test_reorder(self) -> None:
        api, port = documented_api("orders.reorder")

        cart = await api.orders.reorder(order_id=3146765, user_id="3cdd1838-7028-40c9-b5c2-bef371fexxxx")

        assert port.path == "order/ReOrder/6c57599f"
        assert sent_payload(port, "orders.reorder") == payload("orders.reorder")
        assert (cart.tax, cart.total) == (Decimal("16.25"), Decimal("341.25"))

    async def test_update_order_reference(self) -> None:
        api, port = documented_api("orders.update_reference")

        await api.orders.update_reference(order_id=4091391, reference="11751201")

        assert port.path == "Order/UpdateOrderReference/6c57599f"
        assert sent_payload(port, "orders.update_reference") == payload("orders.update_reference")


class TestFinding:
    async def test_search_orders(self) -> None:
        api, port = documented_api("orders.search")
        search = OrderSearch(
            check_out=CheckOutType.ONLINE,
            first_day=date(2017, 9, 15),
            last_day=date(2017, 9, 16),
            mobile="8801312595",
            status=WireOrderStatus.AUTHORISED,
            record_to=2,
        )

        first, *_ = await api.orders.search(search)

        assert port.path == "order/Search/6c57599f"
        assert sent_payload(port, "orders.search") == payload("orders.search")
        assert (first.order_id, first.known_status, first.total) == (5897350, WireOrderStatus.AUTHORISED, 200)
        assert first.ordered_at == datetime(2017, 9, 15, 18, 54, 7, tzinfo=UTC)

    async def test_every_name_of_a_search_is_a_documented_one(self) -> None:
        search = OrderSearch(order_id=7, price_from=Decimal("0.5"), shipping_to=Decimal(2))

        wire = search.to_wire()

        assert wire.keys() == payload("orders.search")["OrderSearch"].keys()
        assert (wire["OrderNo"], wire["OrderPriceFrom"], wire["ShippingCostTo"]) == (7, Decimal("0.5"), 2)

    async def test_get_order_history(self) -> None:
        api, port = documented_api("orders.history")
        search = HistorySearch(
            user_id="94b5215f-28d4-44f5-a1db-c47c5e1c9477",
            ordered_from=datetime(2018, 2, 2, 16, 8, 45, tzinfo=UTC),
            ordered_until=datetime(2018, 2, 20, 23, 59, 45, tzinfo=UTC),
        )

        (order,) = await api.orders.history(search)

        sample = payload("orders.history")
        assert port.path == "Order/History/6c57599f"
        # The description says mm-dd-yyyy; the sample's own end date is written day first.
        assert sent_payload(port, "orders.history") == sample | {"ToDate": "02-20-2018 23:59:45"}
        assert (order.order_id, order.total, order.ordered_at) == (567282, 106200, "02-02-2018 16:08:45")
        assert (order.known_status, order.lines) == (WireOrderStatus.PENDING, ())
        assert (order.payments[0].kind, order.payments[0].paid_at) == ("OBT", None)

    async def test_get_order_details(self) -> None:
        api, port = documented_api("orders.details")

        (line,) = await api.orders.details(order_id=55783)

        assert (port.requests[0].method, port.path) == ("GET", "Order/Details/6c57599f/55783")
        assert (line.line_id, line.product_id, line.variant_id) == (64970, 524306, 53587)
        assert line.price == Decimal("14.43")

    async def test_get_order_details_by_reference(self) -> None:
        api, port = documented_api("orders.details_by_reference")

        lines = await api.orders.details_by_reference(reference="order1")

        assert (port.requests[0].method, port.path) == ("GET", "Order/DetailsByRefCode/6c57599f/order1")
        assert [line.order_id for line in lines] == [7804535, 7664867, 7483875, 7400925, 6593334]
        assert {line.reference for line in lines} == {"order1"}

    @pytest.mark.parametrize("call", ["details", "information", "status"])
    async def test_an_order_of_another_number_is_not_believed(self, call: str) -> None:
        api, _ = documented_api(f"orders.{call}")

        with pytest.raises(MismatchedResponse):
            await getattr(api.orders, call)(order_id=55784)

    async def test_lines_of_another_reference_are_not_believed(self) -> None:
        api, _ = documented_api("orders.details_by_reference")

        with pytest.raises(MismatchedResponse):
            await api.orders.details_by_reference(reference="order2")

    async def test_get_order_information(self) -> None:
        api, port = documented_api("orders.information")

        order = await api.orders.information(order_id=3390199)

        assert port.path == "order/V2/6c57599f/3390199"
        assert (order.known_status, order.sub_status, order.total) == (
            WireOrderStatus.SHIPPED,
            "IK",
            Decimal("3.25"),
        )
        deal, pizza = order.lines
        assert (deal.parent_line_id, pizza.parent_line_id, pizza.portion) == (0, 21160149, "W")
        assert pizza.status_text == "Waiting for Collection - Instore"
        assert [(a.name, a.value) for a in order.attributes] == [
            ("IsImmediateOrder", "true"),
            ("channelid", "PWA,android"),
        ]
        assert order.delivery_slot is not None
        assert (order.delivery_slot.slot_id, order.delivery_slot.starts) == (14136, "08:00 PM")
        assert order.gift_message == "جبن زيادة"

    async def test_get_order_status(self) -> None:
        api, port = documented_api("orders.status")

        progress = await api.orders.status(order_id=7506651)

        assert (port.requests[0].method, port.requests[0].body) == ("POST", b"")
        assert port.path == "Order/GetOrderStatus/6c57599f/7506651"
        assert progress.known_status is WireOrderStatus.DELIVERED

    def test_undocumented_status_is_preserved(self) -> None:
        progress = order_models.OrderProgress.model_validate({"status": "XX"})

        assert (progress.status, progress.known_status) == ("XX", None)

    async def test_get_order_activity_history(self) -> None:
        api, port = documented_api("orders.activity")

        first, second = await api.orders.activity(order_ids=[3725777, 7401027])

        assert port.path == "Order/GetOrderActivityHistory/6c57599f"
        assert sent_payload(port, "orders.activity") == payload("orders.activity")
        assert first.entries[0].text.startswith("Order ID: 7401121 has been created")
        assert [(change.old_quantity, change.new_quantity) for change in second.changes] == [(1, 0)]

    async def test_get_order_shipments(self) -> None:
        api, port = documented_api("orders.shipments")

        first, *_ = await api.orders.shipments(order_id=176543)

        assert (port.requests[0].method, port.path) == ("GET", "Order/6c57599f/176543/Shipments")
        assert (first.carrier, first.docket, first.shipped_on) == ("BMSP", "AWB3399204", "26-Feb-2019")
        assert [(item.line_id, item.quantity) for item in first.items] == [(26156133, 1)]


class TestCancelling:
    async def test_cancel_order(self) -> None:
        api, port = documented_api("orders.cancel", merchant=CANCELLING)
        cancellation = Cancellation(
            CancelReason.NOT_IN_DELIVERY_AREA,
            datetime(2018, 1, 24, 16, 12, 32, tzinfo=UTC),
            comment="Ordered wrong item",
            operator_id=CANCELLING,
        )

        await api.orders.cancel(order_id=6261090, cancellation=cancellation)

        assert port.path == "Order/Cancel"
        assert sent_payload(port, "orders.cancel") == payload("orders.cancel")

    async def test_cancel_order_line(self) -> None:
        merchant = "98d18d82-ba59-4957-9c92-3f89207a3xxx"
        api, port = documented_api("orders.cancel_line", merchant=merchant)
        cancellation = Cancellation(
            CancelReason.NOT_IN_DELIVERY_AREA,
            datetime(2017, 11, 8, 16, 12, 32, tzinfo=UTC),
            comment="Test",
            operator_id=merchant,
        )

        await api.orders.cancel_line(order_id=2658242, cancellation=cancellation, quantities={8518882: 1})

        assert port.path == "Order/CancelItem"
        assert as_text(sent_payload(port, "orders.cancel_line")) == as_text(payload("orders.cancel_line"))

    def test_the_reasons_are_the_nineteen_documented_ones(self) -> None:
        assert [reason.value for reason in CancelReason] == [
            "NDA", "ICI", "ODM", "OND", "SLA", "SLN", "QMA", "RDA", "CPR", "INA",
            "OPM", "DTM", "OEQ", "BFS", "CSA", "CMP", "CHA", "SCH", "PNR",
        ]  # fmt: skip


def test_what_is_printed_damaged_is_refused_and_not_guessed() -> None:
    with pytest.raises(WireError, match="not JSON"):
        read_json((API_SAMPLES / "orders.information.printed.txt").read_bytes())


@pytest.mark.parametrize(
    "model",
    [
        value
        for module in (order_models, history_models)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, WireModel) and value is not WireModel
    ],
    ids=lambda model: model.__name__,
)
def test_every_field_is_spelt_as_some_document_spells_it(model: type[WireModel]) -> None:
    responses = "".join(path.read_text("utf-8") for path in API_SAMPLES.glob("*.answer.json"))

    for name, described in model.model_fields.items():
        alias = described.validation_alias
        spellings = alias.choices if isinstance(alias, AliasChoices) else [name]
        assert f'"{spellings[0]}":' in responses, f"{model.__name__}.{name}"
