"""The attributes that an order carries: our reference, whether it is for now, and where it was taken."""

from console.api.carts.checkout_requests import OrderAttribute
from console.ordering.draft import Draft
from console.sync.platform_rules import PlatformRules


def order_attributes(rules: PlatformRules, draft: Draft, reference: str) -> tuple[OrderAttribute, ...]:
    """Return the configured attributes for the order of a draft (Add Order Attributes)."""
    found: list[OrderAttribute] = []
    if (own := rules.reference) is not None:
        found.append(
            OrderAttribute(own.field_id, own.name, reference, is_predefined=False, is_mandatory=False)
        )
    carried = rules.order_data
    if carried.immediate is not None:
        value = str(draft.checkout.delivery_slot is None).lower()
        found.append(OrderAttribute(carried.immediate.field_id, carried.immediate.name, value))
    if carried.channel is not None and carried.channel_value:
        found.append(OrderAttribute(carried.channel.field_id, carried.channel.name, carried.channel_value))
    return tuple(found)
