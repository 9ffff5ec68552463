"""The echo of a cart, as documented: children flattened, each linked to its parent by key.

Echoing also prices the cart, and stores the prices for the sandbox's record.
"""

import json
from decimal import Decimal
from typing import cast
from uuid import UUID, uuid5

from console.sandbox.carts import checkout_state
from console.sandbox.carts.addresses import echo_addresses
from console.sandbox.carts.availability import unavailable_lines
from console.sandbox.carts.discounts import PricedCart, PricedLine, price_cart
from console.sandbox.carts.state import SandboxCart, SandboxLine
from console.sandbox.data.promotions import SandboxPromotion
from console.sandbox.menu.menu import MenuProduct
from console.sandbox.people.sessions import Session
from console.sandbox.pricing.rules import PricedPart
from console.sandbox.requests import Call
from console.sandbox.responses import EMPTY_GUID, NEVER_DATE, Json, money, wire_date


def echo(
    call: Call, session: Session, cart: SandboxCart | None, *, children_apart: bool = False
) -> dict[str, Json]:
    """Return the ``Carts`` of a reply. ``children_apart`` lists children as separate items, by the switch."""
    merchant = call.store.merchant
    checkout = checkout_state.load(call, cart)
    costs = price_cart(call, session, cart, checkout)
    if cart is not None:
        _store_prices(call, cart, costs)
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
        **echo_addresses(customer, cart, checkout),
        "CartItems": _items(call, costs, children_apart=children_apart and call.switches.children_apart),
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
        "GiftMsg": checkout.note,
        "DemandedDeliveryDate": wire_date(checkout.demanded_at) if checkout.demanded_at else NEVER_DATE,
        "RemainTotal": 0,
        "ShippingZoneType": None,
        "DeliverySlotID": checkout.slot_id,
        "FailedProducts": _failed_products(call, cart),
        "PickupFirstName": customer.get("FirstName", ""),
        "PickupLastName": customer.get("LastName", ""),
        "PickupEmail": customer.get("AlternateEmail", ""),
        "PickupMobile": customer.get("MobileNo", ""),
        "LocationId": str(session.location_id if cart is None else cart.location_id),
        "TaxDetail": [],
        "ComboSuggestion": _combo_suggestions(call, cart),
        "ConvertedDeals": _converted_deals(call, cart),
    }


def payment_options(call: Call) -> list[Json]:
    """Return the payment options as a cart lists them."""
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


def _failed_products(call: Call, cart: SandboxCart | None) -> Json:
    """Return the products that are no longer available; null if none, as documented."""
    rows: list[Json] = [
        {
            "ProductId": failed.line.part.product_id,
            "VariantProductId": failed.line.part.variant_id,
            "Quantity": failed.line.quantity,
            "LocationId": failed.line.location_id,
            "messageCode": str(failed.code.value),
            "Message": failed.reason,
        }
        for failed in unavailable_lines(call, () if cart is None else cart.lines)
    ]
    return rows or None


def _converted_deals(call: Call, cart: SandboxCart | None) -> list[Json]:
    """Return the lines that became deals. The documents print the list empty: its rows are ours."""
    lines = () if cart is None else cart.lines
    return [
        _deal_row(call, line, line.converted_from, line.part.product_id)
        for line in lines
        if line.converted_from
    ]


def _combo_suggestions(call: Call, cart: SandboxCart | None) -> list[Json]:
    """Return the deals that the switches suggest for lines, in the form of ``ConvertedDeals``."""
    lines, deals = () if cart is None else cart.lines, call.switches.combo_suggestions
    candidates = [(line, deals.get(line.part.product_id, 0)) for line in lines]
    return [
        _deal_row(call, line, line.part.product_id, deal_id)
        for line, deal_id in candidates
        if deal_id in call.store.menu.deals
    ]


def _deal_row(call: Call, line: SandboxLine, product_id: int, deal_id: int) -> Json:
    return {
        "ProductId": product_id,
        "DealId": deal_id,
        "DealTitle": call.store.menu.products[deal_id].title,
        "Quantity": line.quantity,
        "CartReferenceKey": line.key,
    }


def _store_prices(call: Call, cart: SandboxCart, costs: PricedCart) -> None:
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
    """Return the record of the session's customer; empty for a walk-in."""
    row = call.store.row("SELECT record FROM customer WHERE user_id = ?", session.customer_id)
    return {} if row is None else cast("dict[str, Json]", json.loads(str(row["record"])))


def _items(call: Call, costs: PricedCart, *, children_apart: bool) -> list[Json]:
    items: list[Json] = []
    any_dropped = False
    for row in costs.lines:
        children = _children(call, row.line, row.priced, parent_key=row.line.key, free=row.is_free)
        item = _item(call, row, costs)
        if not children:
            items.append(item)
        elif not children_apart:
            item["BundleCartItems"] = children
            items.append(item)
        else:
            is_dropped = call.switches.drop_children and not any_dropped
            any_dropped = any_dropped or is_dropped
            if not is_dropped:
                item["BundleCartItems"] = []
                items.append(item)
            items += children
    return items


def _item(call: Call, row: PricedLine, costs: PricedCart) -> dict[str, Json]:
    """Return a line. Its options are listed if it has a variant, as documented."""
    line, priced = row.line, row.priced
    product = call.store.menu.products[priced.part.product_id]
    item = _common_fields(
        call, priced, key=line.key, parent_key=EMPTY_GUID, quantity=line.quantity, free=row.is_free
    )
    if priced.part.variant_id:
        item["VariantsInfo"] = _options(product, priced.part.variant_id)
    line_fields: dict[str, Json] = {
        "IsPromotionProduct": row.is_free,
        "ItemPromotionDiscountAmount": money(costs.line_discount(line)),
        "CartPromotionRules": _free_product_rules(call, row)
        if row.is_free
        else _promotion_rules(product.category_id, costs),
        "IsFreeProduct": row.is_free,
        "PriceCapped": False,
        "CappedRefKey": EMPTY_GUID,
        "Por": "",
        "IsDefaultBundleItem": False,
        "ProductImage": "",
        "ParentCartItems": None,
    }
    return item | line_fields


def _promotion_rules(category_id: str, costs: PricedCart) -> list[Json]:
    """Return the promotions that apply to a line of this category."""
    return [
        _promotion_rule(applied.promotion, applied.amount)
        for applied in costs.discounts
        if not applied.promotion.categories or category_id in applied.promotion.categories
    ]


def _free_product_rules(call: Call, row: PricedLine) -> list[Json]:
    """Return the promotion that gives a free line; its discount is the whole price."""
    amount = row.priced.unit_price * row.line.quantity
    return [
        _promotion_rule(promotion, amount)
        for promotion in call.store.promotions
        if promotion.rule_id == row.line.free_rule_id
    ]


def _promotion_rule(promotion: SandboxPromotion, amount: Decimal) -> Json:
    return {
        "Description": promotion.description,
        "DiscountAmount": money(amount),
        "RuleId": promotion.rule_id,
        "Title": promotion.title,
        "VoucherCode": promotion.voucher,
    }


def _children(
    call: Call, line: SandboxLine, priced: PricedPart, *, parent_key: str, free: bool = False
) -> list[Json]:
    """Return the parts of a line or of a part as one flat list, each followed by its own parts."""
    rows: list[Json] = []
    for index, child in enumerate(priced.parts):
        part = child.part
        key = str(uuid5(UUID(parent_key), str(index)))
        product = call.store.menu.products[part.product_id]
        quantity = part.quantity * line.quantity
        row = _common_fields(call, child, key=key, parent_key=parent_key, quantity=quantity, free=free)
        row |= {
            "VariantsInfo": _options(product, part.variant_id),
            "Por": part.portion,
            "GroupId": part.group_id,
        }
        if child.is_default:
            row["IsDefaultBundleItem"] = True
        rows.append(row)
        rows += _children(call, line, child, parent_key=key, free=free)
    return rows


def _common_fields(
    call: Call, priced: PricedPart, *, key: str, parent_key: str, quantity: int, free: bool
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
        "IsPrimaryProduct": priced.is_primary,
        "ItemPromotionDiscountAmount": 0,
        "IsPromotionProduct": False,
        "CartPromotionRules": [],
        "CategoryId": product.category_id,
        "CategoryName": menu.category_name(product),
        "BrandId": merchant.brand_id,
        "BrandName": merchant.brand,
    }


def _options(product: MenuProduct, variant_id: int) -> list[Json]:
    variant = product.variant(variant_id)
    options = () if variant is None else variant.options
    return [{"PropertyName": name, "Value": value} for name, value in options]
