"""Prints a cart as the documents do: children flattened, each linked to its parent by key.

Used by the cart's handlers; it also prices the cart and leaves the prices in the store's record.
"""

import json
from decimal import Decimal
from typing import cast
from uuid import UUID, uuid5

from console.sandbox.answers import NEVER, NO_KEY, Json, money
from console.sandbox.cart_state import Cart, Line
from console.sandbox.menu import Product
from console.sandbox.pricing import ZERO, Priced, Rules, price
from console.sandbox.requests import Call
from console.sandbox.sessions import Session


def echo(call: Call, session: Session, cart: Cart | None, *, apart: bool = False) -> dict[str, Json]:
    """The ``Carts`` of an answer. ``apart``: children as items of their own, where the switches say so."""
    lines = () if cart is None else cart.lines
    merchant = call.store.merchant
    rules = Rules(merchant.digits, merchant.half_rule, call.switches.price_changes)
    priced = [(line, price(call.store.menu, line.part, rules)) for line in lines]
    product_cost = sum((p.unit_price * line.quantity for line, p in priced), ZERO)
    shipping = merchant.shipping[cart.mode] if cart is not None and lines else ZERO
    if cart is not None:
        _remember(call, cart, priced, shipping)
    customer = _customer(call, session)
    return {
        "MerchantId": merchant.merchant_id,
        "ProductCost": money(product_cost),
        "ShippingCost": money(shipping),
        "VoucherDiscount": 0,
        "PromotionDiscount": 0,
        "TaxAmount": 0,
        "OrderTotal": money(product_cost + shipping),
        "VoucherCode": "",
        "UserSelectedCurrency": merchant.currency,
        **_addresses(customer, cart),
        "CartItems": _items(call, priced, apart=apart and call.switches.children_apart),
        "Suppliers": [
            {
                "SupplierId": merchant.merchant_id,
                "SupplierName": merchant.name,
                "IsSelected": False,
                "OrderStatus": None,
            }
        ],
        "ShippingOptions": [
            {
                "SupplierId": merchant.merchant_id,
                "ShippingMode": str(merchant.shipping_mode_id),
                "ShippingModeId": merchant.shipping_mode_id,
                "isselected": True,
            }
        ],
        "PaymentOptionsChannel": [
            {
                "MerchantId": merchant.merchant_id,
                "PaymentType": payment.kind,
                "Paymentoption": payment.option,
                "GatewayId": payment.gateway_id,
                "GatewayTitle": payment.gateway_title,
                "PaidAmount": 0,
                "EnalbeOTP": False,
            }
            for payment in merchant.payments
        ],
        "ErrorCollection": None,
        "GiftMsg": "",
        "DemandedDeliveryDate": NEVER,
        "RemainTotal": 0,
        "ShippingZoneType": None,
        "DeliverySlotID": 0,
        "FailedProducts": None,
        "PickupFirstName": customer.get("FirstName", ""),
        "PickupLastName": customer.get("LastName", ""),
        "PickupEmail": customer.get("AlternateEmail", ""),
        "PickupMobile": customer.get("MobileNo", ""),
        "LocationId": str(session.location_id if cart is None else cart.location_id),
        "TaxDetail": [],
        "ComboSuggestion": [],
        "ConvertedDeals": [],
    }


def _remember(call: Call, cart: Cart, priced: list[tuple[Line, Priced]], shipping: Decimal) -> None:
    call.store.run("UPDATE cart SET shipping = ? WHERE cart_id = ?", str(shipping), cart.cart_id)
    for line, priced_line in priced:
        call.store.run(
            "UPDATE line SET unit_price = ? WHERE line_id = ?", str(priced_line.unit_price), line.line_id
        )


def _customer(call: Call, session: Session) -> dict[str, Json]:
    row = call.store.row("SELECT record FROM customer WHERE user_id = ?", session.customer_id)
    return {} if row is None else cast("dict[str, Json]", json.loads(str(row["record"])))


def _addresses(customer: dict[str, Json], cart: Cart | None) -> dict[str, Json]:
    """Where the bill and the goods go; a walk-in has neither."""
    known = ("FirstName", "LastName", "PostalAddress", "MobileNo", "AlternateEmail", "Pin")
    first, last, address, mobile, email, pin = (customer.get(name, "") for name in known)
    return {
        "Bill_FirstName": first,
        "Bill_LastName": last,
        "Bill_Address1": address,
        "Bill_Address2": "",
        "Bill_CountryCode": customer.get("Country", ""),
        "_Bill_StateCode": customer.get("State", ""),
        "Bill_City": customer.get("CityName", ""),
        "Bill_CityCode": customer.get("City", ""),
        "Bill_OtherCityName": "",
        "Bill_Telephone": "",
        "Bill_Mobile": mobile,
        "Bill_PostCode": pin,
        "Bill_Email": email,
        "Ship_FirstName": first,
        "Ship_LastName": last,
        "Ship_Address1": address,
        "Ship_Address2": "",
        "Ship_CountryCode": "" if cart is None else cart.ship_country,
        "Ship_StateCode": "" if cart is None else cart.ship_state,
        "Ship_City": "" if cart is None else cart.ship_city,
        "Ship_CityCode": "" if cart is None else cart.ship_city,
        "Ship_OtherCityName": "",
        "Ship_Telephone": "",
        "Ship_Mobile": mobile,
        "Ship_PostCode": pin,
        "Ship_Email": email,
    }


def _items(call: Call, priced: list[tuple[Line, Priced]], *, apart: bool) -> list[Json]:
    items: list[Json] = []
    orphaned = False
    for line, priced_line in priced:
        children = _children(call, line, priced_line, parent_key=line.key)
        item = _item(call, line, priced_line)
        if not children:
            items.append(item)
        elif not apart:
            item["BundleCartItems"] = children
            items.append(item)
        else:
            lost = call.switches.drop_children and not orphaned
            orphaned = orphaned or lost
            if not lost:
                item["BundleCartItems"] = []
                items.append(item)
            items += children
    return items


def _item(call: Call, line: Line, priced: Priced) -> dict[str, Json]:
    """A line. Its options are named where it has a variant, as the documents print it."""
    product = call.store.menu.products[priced.part.product_id]
    item = _common(call, priced, key=line.key, parent_key=NO_KEY, quantity=line.quantity)
    if priced.part.variant_id:
        item["VariantsInfo"] = _options(product, priced.part.variant_id)
    return item | {
        "IsFreeProduct": False,
        "PriceCapped": False,
        "CappedRefKey": NO_KEY,
        "Por": "",
        "IsDefaultBundleItem": False,
        "ProductImage": "",
        "ParentCartItems": None,
    }


def _children(call: Call, line: Line, priced: Priced, *, parent_key: str) -> list[Json]:
    """The parts of a line or of a part, each followed by its own, as one flat list."""
    rows: list[Json] = []
    for place, child in enumerate(priced.parts):
        part = child.part
        key = str(uuid5(UUID(parent_key), str(place)))
        product = call.store.menu.products[part.product_id]
        row = _common(call, child, key=key, parent_key=parent_key, quantity=part.quantity * line.quantity)
        row |= {
            "VariantsInfo": _options(product, part.variant_id),
            "Por": part.portion,
            "GroupId": part.group_id,
        }
        if child.default:
            row["IsDefaultBundleItem"] = True
        rows.append(row)
        rows += _children(call, line, child, parent_key=key)
    return rows


def _common(call: Call, priced: Priced, *, key: str, parent_key: str, quantity: int) -> dict[str, Json]:
    merchant, menu = call.store.merchant, call.store.menu
    product = menu.products[priced.part.product_id]
    return {
        "ProductId": product.product_id,
        "VariantProductId": priced.part.variant_id,
        "MRP": money(priced.list_price),
        "WebPrice": money(priced.price),
        "Quantity": quantity,
        "description": product.title,
        "SupplierId": merchant.merchant_id,
        "CartReferenceKey": key,
        "TotalCap": 0,
        "CatalogpromotionDiscount": 0,
        "BundleCartReferenceKey": parent_key,
        "IsPrimaryProduct": priced.primary,
        "ItemPromotionDiscountAmount": 0,
        "IsPromotionProduct": False,
        "CartPromotionRules": [],
        "CategoryId": product.category_id,
        "CategoryName": menu.category_name(product),
        "BrandId": merchant.brand_id,
        "BrandName": merchant.brand,
    }


def _options(product: Product, variant_id: int) -> list[Json]:
    variant = product.variant(variant_id)
    options = () if variant is None else variant.options
    return [{"PropertyName": name, "Value": value} for name, value in options]
