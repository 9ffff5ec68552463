"""Mapping from the wire's cart to an observation, and from a draft's item to the wire's request.

A bundle's children are put back under it by BundleCartReferenceKey.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.api.carts.checkout_models import DealReplacement
from console.api.carts.checkout_requests import OrderAddress
from console.api.carts.models import CartChild, FailedItem, WireCart
from console.api.carts.requests import (
    NEW_LINE_KEY,
    BundleItemRequest,
    CartChildRequest,
    CartItemRequest,
    WirePortion,
)
from console.api.transport.error_codes import ERRORS_BY_CODE
from console.ordering.checkout import Address
from console.ordering.customer import Customer
from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.money import ZERO, Currency, without_noise
from console.ordering.phone_number import stored_number
from console.ordering.property_names import CRUST, STRENGTH, PartProperties, PropertyNames
from console.sync.cart.observed_cart import (
    NO_PIN,
    CartLine,
    CartTotals,
    Configuration,
    ObservedCart,
    ObservedCheckout,
    PartName,
)
from console.sync.problems import Rejection, RejectionCode

MAX_PART_DEPTH = 8
"""Levels of parts within parts of a cart line; a deal has two."""
NO_AREA = "-"
"""Sent as the area to clear one left over from an earlier address."""


@dataclass(frozen=True, slots=True)
class _PartTree:
    """An item of the cart with its parts, however flat the wire had them."""

    record: CartChild
    parts: tuple["_PartTree", ...]

    @property
    def size(self) -> int:
        """The number of records in it."""
        return 1 + sum(part.size for part in self.parts)

    @property
    def has_whole_quantities(self) -> bool:
        """Return True if every part's quantity is a multiple of its parent's: else parts are missing."""
        quantity = self.record.quantity
        return quantity > 0 and all(
            part.record.quantity % quantity == 0 and part.has_whole_quantities for part in self.parts
        )


def map_cart(
    cart: WireCart, failed: Sequence[FailedItem], currency: Currency, now: float, properties: PropertyNames
) -> ObservedCart:
    """Map a cart. Its totals are rounded to the currency's digits here, once; prices of one stay exact.

    ``now`` is Unix time in seconds. The observation is incomplete where a part has lost its bundle.
    """
    free = {item.reference_key for item in cart.items if item.is_free}
    records: list[CartChild] = [*cart.items, *(child for item in cart.items for child in item.children)]
    children_by_key: dict[str, list[CartChild]] = {}
    for record in records:
        children_by_key.setdefault(record.bundle_reference_key, []).append(record)
    tops = tuple(_build_tree(record, children_by_key) for record in children_by_key.get(NEW_LINE_KEY, ()))
    return ObservedCart(
        lines=tuple(
            _line(top, properties, free=top.record.reference_key in free)
            for top in tops
            if top.has_whole_quantities
        ),
        totals=_totals(cart, currency),
        complete=sum(top.size for top in tops) == len(records)
        and all(top.has_whole_quantities for top in tops),
        rejected=tuple((item.product_id, _rejection(item)) for item in (*failed, *cart.failed_items)),
        observed_at=now,
        checkout=ObservedCheckout(
            slot_id=cart.delivery_slot_id,
            street=cart.ship_street,
            area="" if cart.ship_area == NO_AREA else cart.ship_area,
            city=cart.ship_city,
            pin="" if cart.ship_pin == NO_PIN else cart.ship_pin,
            vouchers=tuple(code for part in cart.voucher_code.split(",") if (code := part.strip())),
            voucher_discount=currency.round(cart.voucher_discount),
            gift_message=cart.gift_message,
        ),
        unavailable=tuple((item.product_id, item.variant_id, _rejection(item)) for item in cart.failed_items),
        converted_deals=_deal_pairs(cart.converted_deals),
        suggested_deals=_deal_pairs(cart.suggested_deals),
    )


def _deal_pairs(deals: Sequence[DealReplacement]) -> tuple[tuple[int, int], ...]:
    return tuple((deal.product_id, deal.deal_id) for deal in deals if deal.product_id and deal.deal_id)


def order_address(address: Address, observed: ObservedCheckout, customer: Customer | None) -> OrderAddress:
    """Build the request for an address; ``observed`` is the checkout before it.

    An empty field leaves the cart's as it was, so an earlier area or postcode is overwritten with a
    placeholder. Name and number are the customer's where the address has none.
    """
    known = customer or Customer(user_id="", user_name="")
    recipient = address if address.first_name or address.last_name else known
    mobile = stored_number(address.mobile or known.mobile)
    return OrderAddress(
        first_name=recipient.first_name,
        last_name=recipient.last_name,
        street=address.street,
        street1=address.area or (NO_AREA if observed.area else ""),
        country=address.country,
        state=address.state,
        city=address.city_code,
        city_name=address.city,
        other_city="" if address.city_code else address.city,
        phone=address.phone or mobile,
        mobile=mobile,
        pin=address.pin or (NO_PIN if observed.pin else ""),
        email=address.email or known.email,
    )


def _rejection(item: FailedItem) -> Rejection:
    """Why an item was not added, by the documented reason of its code where it has one."""
    known = ERRORS_BY_CODE.get(item.code)
    documented = known.reason or known.error_type.default_reason if known is not None else ""
    return Rejection(RejectionCode.REFUSED, message=documented or item.reason)


def item_request(item: OrderItem, quantity: int, location_id: int) -> CartItemRequest:
    """Build a cart line in the documented shape for its kind of product.

    A child's quantity on the wire is per unit times the line's.
    """
    bundled = bool(item.components)
    return CartItemRequest(
        product_id=item.product_id,
        variant_id=item.variant_id,
        quantity=quantity,
        location_id=location_id,
        portion=WirePortion.WHOLE if bundled else None,
        price=item.unit_price if bundled else None,
        children=tuple(_child_request(component, quantity) for component in item.components),
    )


def _build_tree(record: CartChild, children_by_key: dict[str, list[CartChild]], depth: int = 0) -> _PartTree:
    # Pop to guard against cyclic parent keys. What lies too deep is left out, so the cart is incomplete.
    children = children_by_key.pop(record.reference_key, ()) if depth < MAX_PART_DEPTH else ()
    return _PartTree(record, tuple(_build_tree(child, children_by_key, depth + 1) for child in children))


def _line(top: _PartTree, properties: PropertyNames, *, free: bool) -> CartLine:
    record = top.record
    part_names = tuple(_part_names(top, properties))
    own_parts = {(part.record.product_id, part.record.variant_id) for part in top.parts}
    bases = (name for name in part_names if name.is_base and (name.product_id, name.variant_id) in own_parts)
    base = next(bases, None)
    options = " ".join(info.value for info in record.variant)
    cost = _cost(top)
    return CartLine(
        key=record.reference_key,
        configuration=Configuration(record.product_id, record.variant_id, components=_components(top)),
        quantity=record.quantity,
        title=record.title,
        options=options or (base.options if base else ""),
        # Without a remainder: the quantity of every part is a multiple of its line's.
        unit_price=cost / record.quantity,
        free=free,
        part_names=tuple(dict.fromkeys(part_names)),
        promotion=next((rule.title for rule in record.promotions if rule.title), "") if free else "",
    )


def _part_names(parent: _PartTree, properties: PropertyNames) -> Iterator[PartName]:
    """Name the parts of an item, each before its own parts; a crust is the base, whatever its flag says."""
    inferred = properties.infer(
        [
            PartProperties(tuple(info.name for info in part.record.variant), part.record.is_primary)
            for part in parent.parts
        ]
    )
    for part in parent.parts:
        record = part.record
        named = {properties.internal_name(info.name, inferred): info.value for info in record.variant}
        yield PartName(
            record.product_id,
            record.variant_id,
            record.title,
            " ".join(info.value for info in record.variant),
            named.get(STRENGTH, ""),
            record.is_primary or bool(named.get(CRUST)),
        )
        yield from _part_names(part, properties)


def _cost(tree: _PartTree) -> Decimal:
    """The price of an item with its parts in their whole quantity, exact."""
    own = without_noise(tree.record.web_price) * tree.record.quantity
    return own + sum(map(_cost, tree.parts), ZERO)


def _components(parent: _PartTree) -> tuple[Configuration, ...]:
    return tuple(
        sorted(
            Configuration(
                part.record.product_id,
                part.record.variant_id,
                part.record.quantity // parent.record.quantity,
                _portion(part.record.portion),
                _components(part),
            )
            for part in parent.parts
        )
    )


def _portion(letter: str) -> Portion:
    return Portion(letter) if letter in set(Portion) else Portion.WHOLE


def _totals(cart: WireCart, currency: Currency) -> CartTotals:
    total = currency.round(cart.total)
    # The platform adds up what it has not rounded: the parts are made to add up to the total it charges.
    products, shipping, tax, discount = currency.round_column(
        (cart.product_cost, cart.shipping_cost, cart.tax, -cart.voucher_discount - cart.promotion_discount),
        total,
    )
    return CartTotals(currency.code, products, shipping, tax, -discount, total)


def _child_request(component: Component, quantity: int) -> CartChildRequest:
    return CartChildRequest(
        product_id=component.product_id,
        variant_id=component.variant_id,
        quantity=component.quantity * quantity,
        portion=WirePortion(component.portion),
        group_id=component.group_id or None,
        children=tuple(
            BundleItemRequest(
                product_id=part.product_id,
                variant_id=part.variant_id,
                quantity=part.quantity * component.quantity * quantity,
                portion=WirePortion(part.portion),
                bundle_product_id=component.product_id,
                # In a deal a bundle's base, which comes first, is of the deal's group (Add to Cart,
                # customised deal).
                group_id=part.group_id if position else component.group_id,
                title=part.title,
            )
            for position, part in enumerate(component.components)
        ),
    )
