"""What an order carries besides its lines, by its profile: attributes, and the note as the gift message."""

import pytest

from console.config.settings import Settings, save_settings
from console.ordering.checkout import Checkout
from console.services.orders.checkout import CASH
from tests.services.samples import GARLIC_BREAD
from tests.services.tickets.test_printed_as_bought import Counter, counter
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

NOTE = "جبن زيادة & no bell"
CARRIED = {"immediate_field_id": 1, "channel_field_id": 2, "channel": "CALLCENTER"}


def use_order_data(backend: SandboxBackend, **values: object) -> None:
    profile = Settings().profiles[0].with_values(order_data=values)
    save_settings(backend.paths.settings_file, Settings(profiles=(profile,)))


async def place_bread(order: Counter, checkout: Checkout) -> dict[str, object]:
    """Place an order of bread; what the platform keeps of it."""
    order.change((GARLIC_BREAD, 1), checkout=checkout)
    await order.sent()
    placed = await order.place()
    number = placed.placement.order_id
    assert number is not None
    record = await order.session.context.api.orders.information(order_id=number)
    return {"note": record.gift_message, **{one.name: one.value for one in record.attributes}}


async def test_order_for_now_carries_attributes_and_note(backend: SandboxBackend) -> None:
    use_order_data(backend, **CARRIED, note_as_gift_message=True)
    async with counter(backend) as order:
        carried = await place_bread(order, Checkout(payment=CASH, notes=NOTE))
        assert carried == {"note": NOTE, "IsImmediateOrder": "true", "channelid": "CALLCENTER"}


async def test_order_for_later_is_not_immediate(backend: SandboxBackend) -> None:
    use_order_data(backend, **CARRIED, note_as_gift_message=True)
    async with counter(backend) as order:
        order.change((GARLIC_BREAD, 1))
        await order.sent()
        slot = (await order.session.checkout.delivery_slots(order.draft_id))[-1].delivery_slot
        carried = await place_bread(order, Checkout(payment=CASH, notes=NOTE, delivery_slot=slot))
        assert (carried["IsImmediateOrder"], carried["note"]) == ("false", NOTE)
        assert order.bought()["slot_id"] == slot.slot_id


async def test_nothing_is_carried_that_the_profile_does_not_say(backend: SandboxBackend) -> None:
    async with counter(backend) as order:
        assert await place_bread(order, Checkout(payment=CASH, notes=NOTE)) == {"note": ""}


async def test_note_comes_back_with_the_past_order(backend: SandboxBackend) -> None:
    use_order_data(backend, note_as_gift_message=True)
    async with counter(backend) as order:
        await place_bread(order, Checkout(payment=CASH, notes=NOTE))
        past = await order.session.history.of_today()
        assert (await order.session.history.order(past[0].number)).notes == NOTE
