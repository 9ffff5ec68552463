"""Prints a cart as the documents do: children flattened, each linked to its parent by key.

Used by the cart's handlers; it also prices the cart and leaves the prices in the store's record.
"""

import json
from decimal import Decimal
from typing import cast
from uuid import UUID, uuid5

from console.sandbox.answers import NEVER, NO_KEY, Json, money, wire_date
from console.sandbox.carts import checkout_state
from console.sandbox.carts.availability import failing
from console.sandbox.carts.cart_addresses import addresses
from console.sandbox.carts.cart_state import Cart, Line
from console.sandbox.menu.menu import Product
from console.sandbox.people.sessions import Session
from console.sandbox.pricing.discounts import PricedLine, Totals, totals
from console.sandbox.pricing.pricing import Priced
from console.sandbox.pricing.promotion_data import Promotion
from console.sandbox.requests import Call


def echo(call: Call, session: Session, cart: Cart | None, *, apart: bool = False) -> dict[str, Json]:
    """The ``Carts`` of an answer. ``apart``: children as items of their own, where the switches say so."""
    merchant = call.store.merchant
    checkout = checkout_state.load(call, cart)
    costs = totals(call, session, cart, checkout)
    if cart is not None:
        _remember(call, cart, costs)
    customer = customer_record(call, session)
    shipping_mode = checkout.shipping_mode or merchant.shipping_mode_id
    return {
        "MerchantId": merchant.merchant_id,
        "ProductCost": money(costs.product_cost),
        "ShippingCost": money(costs.shipping),
        "VoucherDiscount": money(costs.voucher_discount),
        "PromotionDiscount": money(costs.promotion_discount),
        "TaxAmount": 0,
        "OrderTotal": money(costs.total),
        "VoucherCode": ",".join(checkout.vouchers),
        "UserSelectedCurrency": merchant.currency,
        **addresses(customer, cart, checkout),
        "CartItems": _items(call, costs, apart=apart and call.switches.children_apart),
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
                "ShippingMode": str(shipping_mode),
                "ShippingModeId": shipping_mode,
                "isselected": True,
            }
        ],
        "PaymentOptionsChannel": payment_options(call),
        "ErrorCollection": None,
        "GiftMsg": "",
        "DemandedDeliveryDate": wire_date(checkout.demanded) if checkout.demanded else NEVER,
        "RemainTotal": 0,
        "ShippingZoneType": None,
        "DeliverySlotID": checkout.slot_id,
        "FailedProducts": _failed(call, cart),
        "PickupFirstName": customer.get("FirstName", ""),
        "PickupLastName": customer.get("LastName", ""),
        "PickupEmail": customer.get("AlternateEmail", ""),
        "PickupMobile": customer.get("MobileNo", ""),
        "LocationId": str(session.location_id if cart is None else cart.location_id),
        "TaxDetail": [],
        "ComboSuggestion": _suggested(call, cart),
        "ConvertedDeals": _converted(call, cart),
    }


def payment_options(call: Call) -> list[Json]:
    """The ways to pay, as a cart lists them."""
    return [
        {
            "MerchantId": call.store.merchant.merchant_id,
            "PaymentType": payment.kind,
            "Paymentoption": payment.option,
            "GatewayId": payment.gateway_id,
            "GatewayTitle": payment.gateway_title,
            "PaidAmount": 0,
            "EnalbeOTP": False,
        }
        for payment in call.store.merchant.payments
    ]


def _failed(call: Call, cart: Cart | None) -> Json:
    """What could not be had any more; null where nothing is, as the documents print it."""
    rows: list[Json] = [
        {
            "ProductId": failed.line.part.product_id,
            "VariantProductId": failed.line.part.variant_id,
            "Quantity": failed.line.quantity,
            "LocationId": failed.line.location_id,
            "messageCode": str(failed.code.value),
            "Message": failed.why,
        }
        for failed in failing(call, () if cart is None else cart.lines)
    ]
    return rows or None


def _converted(call: Call, cart: Cart | None) -> list[Json]:
    """The lines that became deals. The documents print the list empty: its rows are ours."""
    lines = () if cart is None else cart.lines
    return [_deal(call, line, line.converted, line.part.product_id) for line in lines if line.converted]


def _suggested(call: Call, cart: Cart | None) -> list[Json]:
    """The deals that the switches suggest for lines: printed as those of ``ConvertedDeals`` are."""
    lines, deals = () if cart is None else cart.lines, call.switches.combo_suggestions
    wanted = [(line, deals.get(line.part.product_id, 0)) for line in lines]
    return [
        _deal(call, line, line.part.product_id, deal_id)
        for line, deal_id in wanted
        if deal_id in call.store.menu.deals
    ]


def _deal(call: Call, line: Line, product_id: int, deal_id: int) -> Json:
    return {
        "ProductId": product_id,
        "DealId": deal_id,
        "DealTitle": call.store.menu.products[deal_id].title,
        "Quantity": line.quantity,
        "CartReferenceKey": line.key,
    }


def _remember(call: Call, cart: Cart, costs: Totals) -> None:
    call.store.run(
        "UPDATE cart SET shipping = ?, discount = ? WHERE cart_id = ?",
        str(costs.shipping),
        str(costs.discount),
        cart.cart_id,
    )
    for row in costs.lines:
        call.store.run(
            "UPDATE line SET unit_price = ? WHERE line_id = ?", str(row.unit_price), row.line.line_id
        )


def customer_record(call: Call, session: Session) -> dict[str, Json]:
    """What is known of the session's customer; nothing of a walk-in."""
    row = call.store.row("SELECT record FROM customer WHERE user_id = ?", session.customer_id)
    return {} if row is None else cast("dict[str, Json]", json.loads(str(row["record"])))


def _items(call: Call, costs: Totals, *, apart: bool) -> list[Json]:
    items: list[Json] = []
    orphaned = False
    for row in costs.lines:
        children = _children(call, row.line, row.priced, parent_key=row.line.key, free=row.is_free)
        item = _item(call, row, costs)
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


def _item(call: Call, row: PricedLine, costs: Totals) -> dict[str, Json]:
    """A line. Its options are named where it has a variant, as the documents print it."""
    line, priced = row.line, row.priced
    product = call.store.menu.products[priced.part.product_id]
    item = _common(call, priced, key=line.key, parent_key=NO_KEY, quantity=line.quantity, free=row.is_free)
    if priced.part.variant_id:
        item["VariantsInfo"] = _options(product, priced.part.variant_id)
    own: dict[str, Json] = {
        "IsPromotionProduct": row.is_free,
        "ItemPromotionDiscountAmount": money(costs.share(line)),
        "CartPromotionRules": _gift(call, row) if row.is_free else _rules(product.category_id, costs),
        "IsFreeProduct": row.is_free,
        "PriceCapped": False,
        "CappedRefKey": NO_KEY,
        "Por": "",
        "IsDefaultBundleItem": False,
        "ProductImage": "",
        "ParentCartItems": None,
    }
    return item | own


def _rules(category_id: str, costs: Totals) -> list[Json]:
    """The promotions that count for a line of this category."""
    return [
        _rule(applied.promotion, applied.amount)
        for applied in costs.applied
        if not applied.promotion.categories or category_id in applied.promotion.categories
    ]


def _gift(call: Call, row: PricedLine) -> list[Json]:
    """The promotion that gives a free line, which takes off all that it costs."""
    worth = row.priced.unit_price * row.line.quantity
    return [_rule(gives, worth) for gives in call.store.promotions if gives.rule_id == row.line.free]


def _rule(promotion: Promotion, amount: Decimal) -> Json:
    return {
        "Description": promotion.description,
        "DiscountAmount": money(amount),
        "RuleId": promotion.rule_id,
        "Title": promotion.title,
        "VoucherCode": promotion.voucher,
    }


def _children(call: Call, line: Line, priced: Priced, *, parent_key: str, free: bool = False) -> list[Json]:
    """The parts of a line or of a part, each followed by its own, as one flat list."""
    rows: list[Json] = []
    for place, child in enumerate(priced.parts):
        part = child.part
        key = str(uuid5(UUID(parent_key), str(place)))
        product = call.store.menu.products[part.product_id]
        quantity = part.quantity * line.quantity
        row = _common(call, child, key=key, parent_key=parent_key, quantity=quantity, free=free)
        row |= {
            "VariantsInfo": _options(product, part.variant_id),
            "Por": part.portion,
            "GroupId": part.group_id,
        }
        if child.default:
            row["IsDefaultBundleItem"] = True
        rows.append(row)
        rows += _children(call, line, child, parent_key=key, free=free)
    return rows


def _common(
    call: Call, priced: Priced, *, key: str, parent_key: str, quantity: int, free: bool
) -> dict[str, Json]:
    merchant, menu = call.store.merchant, call.store.menu
    product = menu.products[priced.part.product_id]
    return {
        "ProductId": product.product_id,
        "VariantProductId": priced.part.variant_id,
        "MRP": money(priced.list_price),
        "WebPrice": 0.0 if free else money(priced.price),
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
