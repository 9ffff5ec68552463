"""Orders in the shapes that real stores' orders have, made up: every line and part in one flat list."""

import json

from console.api.orders.models import WireOrder
from console.api.transport.wire_types import read_json

Row = tuple[int, int, str, str, float]
"""A line: its number, its parent's, its title, its variant and its price."""


def _line(row: Row) -> dict[str, object]:
    number, parent, title, variant, price = row
    return {
        "OrderLineId": number, "OrderId": 7, "ProductId": 9000 + number,
        "VariantProductId": number * 10 if variant else 0, "Description": variant, "Quantity": 1,
        "ShippingCost": 0, "ProductPrice": price, "ItemStatus": "", "ShippingStatus": "",
        "ProductTitle": f"{title}({variant})" if variant else title, "ParentReDetailsId": str(parent),
        "IsPrimaryProduct": "false", "Portion": "W" if parent else "", "CancelQuantity": 0,
        "DerivedStatus": "Authorized", "DerivedStatusCode": "A", "SubStatus": "",
    }  # fmt: skip


def _order(rows: list[Row], total: float, **fields: object) -> WireOrder:
    record = {
        "OrderId": 7, "Status": "A", "SubStatus": "", "UserId": "u-1", "TotalAmount": total,
        "AmountPayable": total, "OrderDate": "/Date(1565603250000+0530)/", "BillFirstname": "Alex",
        "BillLastname": "", "BillMobile": "55500001", "ShipAddress1": "1 Sample Street",
        "ShipAddress2": "Sample Area", "ShipCity": "Sample City", "ShipZip": "", "TAXTotal": 0,
        "VoucherCode": "", "OrderLineId": [_line(row) for row in rows], "SourceLocationID": "27299",
        "PaymentDetails": [{"PaymentType": "COD", "PaymentOption": "COD", "Amount": "11.0000"}],
        **fields,
    }  # fmt: skip
    return WireOrder.model_validate(read_json(json.dumps(record).encode()))


def english_deal() -> WireOrder:
    """A deal of a pizza and a bottle, with a side, to be collected."""
    rows: list[Row] = [
        (1, 0, "Sample Deal", "", 85),
        (2, 1, "Garden Pizza", "", 0),
        (3, 2, "Garden Pizza Crust", "Crust=Pan;Size=Medium", 3),
        (4, 2, "Roast Chicken", "Strength=Extra;Size=Medium", 9.25),
        (5, 2, "Mozzarella", "Strength=Regular;Size=Medium", 0),
        (6, 1, "Cola Bottle", "", 0),
        (7, 0, "Wings", "Pieces=6 Pieces;Flavour=Garlic Lime", 24),
    ]
    attributes = [
        {"AttributeID": 86, "AttributeName": "IsImmediateOrder", "Value": "true"},
        {"AttributeID": 87, "AttributeName": "channelid", "Value": "PWA_TEST"},
    ]
    slot = {"StartTime": "04:00 PM", "EndTime": "04:15 PM", "DeliverySlotId": "7"}
    return _order(
        rows, 121.25, DeliveryOption="pickup", DemandedDeliveryDate="12-Aug-2019", deliveryslots=slot,
        GiftMessage="extra napkins", OrderAttributes=attributes,
    )  # fmt: skip


def turkish_deal() -> WireOrder:
    """A menu of a pizza and a bottle in Turkish, to be delivered, without attributes and slot."""
    rows: list[Row] = [
        (1, 0, "Örnek Menü", "", 26.9),
        (2, 1, "Bahçe Pizza", "", 0),
        (3, 2, "Bahçe Pizza Hamuru", "Kenar=İnce;Boy=Orta Boy", 0),
        (4, 2, "Dana Dilim", "Güç=Ekstra;Boy=Orta Boy", 0),
        (5, 2, "Mantar", "Güç=Normal;Boy=Orta Boy", 0),
        (6, 1, "Kola", "Boy=Şişe (1 L)", 0),
    ]
    slot = {"StartTime": "", "EndTime": "", "DeliverySlotId": ""}
    return _order(
        rows, 26.9, DeliveryOption="ship", DemandedDeliveryDate="", deliveryslots=slot, GiftMessage="",
        OrderAttributes=None,
    )  # fmt: skip
