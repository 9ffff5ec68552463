"""Calls that reach every operation of carts, and what these refuse.

A table for ``every_operation``: later steps use what earlier ones saved.
"""

import json

from tests.commands.customer_calls import NOBODY
from tests.commands.product_calls import CAESAR, GARLIC, HERE, PEPSI, PEPSI_LITRE
from tests.commands.steps import Call, Control, Step
from tests.paths import CART_SAMPLES

DOCUMENTED = json.loads(CART_SAMPLES.read_text(encoding="utf-8"))
PIZZA, ONIONS, ONIONS_REGULAR, TAHINI, ICE_CREAM = "13047325", "13047239", "9757649", "13047675", "13047661"
NO_DELIVERY, BREAD_RULE = "17444", "41689"
FIRST_KEY = {"cart_key": "Carts.CartItems.0.CartReferenceKey"}
TODAY = {"DemandedDeliveryDate": "01-16-2027 15:15:00"}


def item(product: str, variant: str = "0", quantity: str = "1", **more: str) -> dict[str, object]:
    """An item of a cart's request."""
    fields: dict[str, object] = {
        "Status": "A",
        "ProductID": product,
        "VariantProductID": variant,
        "Quantity": quantity,
        "LocationId": HERE,
        "CartReferenceKey": NOBODY,
    }
    return fields | more


def add(product: str, variant: str = "0", quantity: str = "1", expect: int = 0, **more: str) -> Call:
    """Add Items to Cart (Normal/Variant) in the customer's session."""
    data = {"cart": {"DelveryMode": "H", "Item": [item(product, variant, quantity, **more)]}}
    keep = {} if expect else FIRST_KEY
    return Call("carts.add_items", data=data, expect=expect, save=keep, session="tom_token")


def toms_call(name: str, expect: int = 0, **path: str) -> Call:
    """A call in the customer's session that names what it is about in its path."""
    return Call(f"carts.{name}", path=path, expect=expect, session="tom_token")


def checkout_call(name: str, data: object, expect: int = 0) -> Call:
    """A call in the customer's session that says something about the cart."""
    return Call(f"carts.{name}", data=data, expect=expect, session="tom_token")


def voucher(code: str, expect: int = 0) -> Call:
    """Apply Voucher to Cart Items."""
    return toms_call("apply_voucher", expect, voucherCode=code)


def edit(key: str, quantity: str, expect: int = 0) -> Call:
    """Edit Cart Item."""
    edited = item(CAESAR, quantity=quantity, CartReferenceKey=key)
    return checkout_call("edit", {"CartID": "here", "DeliveryMode": "H", "Item": edited}, expect)


def set_free_product(product: str, expect: int = 0) -> Call:
    """Add Free Products to Cart."""
    return Call(
        "carts.add_free_products",
        path={"promotionruleid": BREAD_RULE},
        data={"cart": {"DelveryMode": "H", "Item": [item(product)]}},
        expect=expect,
        session="tom_token",
    )


def stock_at_location(product: str, variant: str, expect: int = 0) -> Call:
    """Location Add to Cart."""
    path = {
        "productId": product,
        "varProductId": variant,
        "quantity": "1",
        "locationId": HERE,
        "currency": "KWD",
    }
    return Call("carts.add_at_location", path=path, expect=expect, session="tom_token")


def stores_with_stock(product: dict[str, object], expect: int = 0) -> Call:
    """Get Common Stores for Cart Items."""
    return Call("carts.common_stores", data={"products": [product]}, expect=expect)


def switch(**switches: object) -> Control:
    """Put these switches in force."""
    return Control("switches", switches)


FILLING: tuple[Step, ...] = (
    Call("carts.add_items", data={"cart": {}}, expect=1016),
    Call("carts.get", query={"promotionDetails": "false"}, session="nonsense", expect=1003),
    *(
        Call(f"carts.add_{name}", data=DOCUMENTED[name]["request"])
        for name in ("default_deal", "customised_deal", "customised_bundle")
    ),
    Call("carts.clear"),
    add(CAESAR),
    add("1", expect=5005),
    add(ONIONS, ONIONS_REGULAR, expect=5006),
    add(PEPSI, "7", expect=5007),
    add(TAHINI, expect=5004),
    add(CAESAR, expect=1046, LocationId="1"),
    add(CAESAR, expect=5003, LocationId=NO_DELIVERY),
    Call(
        "products.variants",
        path={"ParentProductId": ICE_CREAM, "availability": "All"},
        save={"scoop": "ProductVarient.0.variantProductId"},
    ),
    add(ICE_CREAM, "{scoop}", expect=5002),
    edit("{cart_key}", "2"),
    edit("nothing", "2", 1009),
    Call(
        "carts.get",
        query={"promotionDetails": "true"},
        session="tom_token",
        save=FIRST_KEY,
    ),
    toms_call("update_quantity", cartReferenceKey="{cart_key}", quantity="3"),
    Call(
        "carts.get",
        query={"promotionDetails": "false"},
        session="tom_token",
        expect_fields={"Carts.CartItems.0.ProductId": CAESAR, "Carts.CartItems.0.Quantity": "3"},
    ),
    toms_call("update_quantity", 1009, cartReferenceKey=NOBODY, quantity="3"),
    toms_call("by_token", accesstoken="{tom_token}"),
    stock_at_location(PEPSI, PEPSI_LITRE),
    stock_at_location(PEPSI, "7", 5007),
    set_free_product(GARLIC, 3009),
    add(PIZZA, quantity="5"),
    set_free_product(CAESAR, 3012),
    set_free_product(GARLIC),
    toms_call("remove_all"),
    add(CAESAR),
    toms_call("remove", cartReferenceKey="{cart_key}", quantity="1"),
    Call(
        "carts.get",
        query={"promotionDetails": "false"},
        session="tom_token",
        expect_fields={"Carts.CartItems": "[]"},
    ),
)

CHECKOUT: tuple[Step, ...] = (
    add(CAESAR),
    checkout_call(
        "update_address",
        {
            "Cart": {
                "BillFirstName": "Tom",
                "BillAddress": "1 Street",
                "ShipAddress1": "1 Street",
                "ShipCity": "846",
            }
        },
    ),
    checkout_call("update_address", {"Cart": {"ShipCity": "1", "SkipDeliveryAreaValidation": "true"}}, 1023),
    checkout_call(
        "update_address", {"Cart": {"ShipZip": "99999", "SkipDeliveryAreaValidation": "true"}}, 1025
    ),
    checkout_call("update_properties", TODAY | {"DeliverySlotID": 0}),
    checkout_call("update_properties", TODAY | {"DeliverySlotID": 5}, 1044),
    checkout_call("update_properties", TODAY | {"DeliverySlotID": 0, "locationID": 1}, 1046),
    switch(order_attributes=["channel"]),
    checkout_call(
        "add_attributes",
        [{"EntityFieldID": 1, "EntityFieldName": "channel", "Type": "1", "SelectedValue": "APP"}],
    ),
    checkout_call("add_attributes", [], 1016),
    voucher("NOSUCH", 3001),
    voucher("FARWANIYA", 3002),
    voucher("SUMMER19", 3008),
    voucher("HALFDINAR", 3009),
    voucher("NOTYET", 3012),
    add(PIZZA),
    voucher("HALFDINAR"),
    toms_call("remove_voucher", voucherCode="HALFDINAR"),
    toms_call("remove_voucher", 3001, voucherCode="HALFDINAR"),
    Call("carts.add_items", data={"cart": {"DelveryMode": "H", "Item": [item(PIZZA)]}}),
    Call("carts.apply_voucher", path={"voucherCode": "REGULARS"}, expect=3006),
    checkout_call("promotions", {"hasvouchers": "true"}),
    checkout_call("promotions", {"fromdate": "soon"}, 1016),
    toms_call("coupon_suggestions"),
    toms_call("payment_options"),
    toms_call("set_shipping_mode", shippingModeID="12141", ispickupshippingMode="false"),
    toms_call("set_shipping_mode", 1016, shippingModeID="1", ispickupshippingMode="true"),
    Call(
        "carts.slots",
        session="tom_token",
        save={"slot": "DaySlots.1.Slots.0.DeliverySlotID", "day": "DaySlots.1.Slots.0.DeliverySlotDate"},
    ),
    checkout_call("set_slot", {"DeliverySlotId": "{slot}", "DeliveryDate": "{day}"}),
    checkout_call("set_slot", {"DeliverySlotId": "5", "DeliveryDate": "{day}"}, 1044),
    toms_call("recommendations"),
    stores_with_stock({"ProductId": GARLIC, "Quantity": 1}),
    stores_with_stock({"ProductId": PEPSI, "Quantity": 1}, 5007),
)

STEPS: tuple[Step, ...] = (*FILLING, *CHECKOUT)
