"""Helpers of the tests of checkout sent that other tests use too."""

from datetime import UTC, datetime

from console.ordering.checkout import Address, DeliverySlot

HOME = Address("Salem Street 5", "Salmiya", pin="22001", city_code="846", first_name="Tom", mobile="99000001")


TODAY_AT_NOON = datetime(2023, 11, 15, 10, tzinfo=UTC).timestamp()


SLOT = DeliverySlot(33480 + 2 * 2, "Wed, 13:00 to 16:00", TODAY_AT_NOON)
