"""A request as handlers see it: the operation, its path arguments, its form, and the store behind it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import cast

from console.operations import Operation
from console.sandbox.data.merchant import MerchantLocation
from console.sandbox.menu.menu import Menu, MenuProduct
from console.sandbox.menu.sale_rules import sale_rules
from console.sandbox.responses import Code, RefusalError, Reply
from console.sandbox.store import Store
from console.sandbox.switches import Switches

MAX_TEXT = 500
MAX_ID = 2**53


class RequestFields:
    """A JSON object or a form whose keys are read in any case."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = {key.casefold(): value for key, value in values.items()}

    def __contains__(self, key: str) -> bool:
        return key.casefold() in self._values

    def text(self, key: str) -> str:
        """The text at ``key``, empty without one.

        Raises:
            RefusalError: 1016, it is no text or too long. So for every method below.
        """
        value = self._values.get(key.casefold())
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise RefusalError(Code.INVALID_INPUT, f"{key} is not a text of at most {MAX_TEXT} characters")
        return value.strip()

    def raw(self, key: str) -> str:
        """The unchanged text at ``key``, of any length; empty without one."""
        value = self._values.get(key.casefold())
        return value if isinstance(value, str) else ""

    def integer(self, key: str, default: int | None = None) -> int:
        """The whole number at ``key``, written as a number or as a string."""
        text = self.text(key)
        if not text and default is not None:
            return default
        return parse_whole_number(text, key)

    def flag(self, key: str) -> bool:
        """True if ``key`` is there and true."""
        value = self._values.get(key.casefold())
        return value is True or (isinstance(value, str) and value.casefold() == "true")

    def boolean(self, key: str, *, default: bool = False) -> bool:
        """The truth value at ``key``: true or false, as a value or as a word; ``default`` without one."""
        value = self._values.get(key.casefold())
        if value is None or value == "":
            return default
        text = str(value).casefold() if isinstance(value, bool | str) else ""
        if text not in ("true", "false"):
            raise RefusalError(Code.INVALID_INPUT, f"{key} is neither true nor false")
        return text == "true"

    def nested(self, key: str) -> "RequestFields":
        """The object at ``key``."""
        value = self._values.get(key.casefold())
        if not isinstance(value, dict):
            raise RefusalError(Code.INVALID_INPUT, f"{key} is missing")
        return RequestFields(cast("dict[str, object]", value))

    def integers(self, key: str, *, limit: int) -> list[int]:
        """The whole numbers of the list at ``key``; empty without a list."""
        value = self._values.get(key.casefold())
        if not isinstance(value, list):
            return []
        items = cast("list[object]", value)
        if len(items) > limit:
            raise RefusalError(Code.INVALID_INPUT, f"{key} is longer than {limit}")
        return [RequestFields({key: item}).integer(key) for item in items]

    def objects(self, *keys: str, limit: int) -> list["RequestFields"]:
        """The objects of the list under the first of these keys that is there; empty without one."""
        for key in keys:
            value = self._values.get(key.casefold())
            if value is None:
                continue
            items = cast("list[object]", value) if isinstance(value, list) else None
            if items is None or len(items) > limit or not all(isinstance(item, dict) for item in items):
                raise RefusalError(Code.INVALID_INPUT, f"{key} is not a list of at most {limit} objects")
            return [RequestFields(cast("dict[str, object]", item)) for item in items]
        return []


def parse_json_object(text: str, name: str) -> Mapping[str, object]:
    """Parse the JSON object in a text; a list is read as an object with the list under ``items``.

    Raises:
        RefusalError: 1016, it is neither.
    """
    try:
        data: object = json.loads(text)
        if "\\ud" in text.casefold():
            # Half of a surrogate pair can be escaped in JSON, and can neither be stored nor sent.
            json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise RefusalError(Code.INVALID_INPUT, f"{name} is not JSON") from error
    if isinstance(data, list):
        return {"items": cast("list[object]", data)}
    if not isinstance(data, dict):
        raise RefusalError(Code.INVALID_INPUT, f"{name} is not an object")
    return cast("dict[str, object]", data)


def parse_whole_number(text: str, name: str) -> int:
    """Parse a whole number, not below zero.

    Raises:
        RefusalError: 1016, it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 17 and int(text) < MAX_ID):
        raise RefusalError(Code.INVALID_INPUT, f"{name} is not a whole number")
    return int(text)


def parse_decimal(text: str, name: str) -> Decimal | None:
    """Parse a number; ``None`` if the text is empty.

    Raises:
        RefusalError: 1016, it is no number, or beyond any amount.
    """
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > MAX_ID:
        raise RefusalError(Code.INVALID_INPUT, f"{name} is not a number")
    return number


@dataclass(frozen=True, slots=True)
class Call:
    """One authenticated request. ``path`` has the path's arguments by lower-case name."""

    operation: Operation
    path: Mapping[str, str]
    headers: Mapping[str, str]
    query: RequestFields
    form: RequestFields
    store: Store
    switches: Switches

    @property
    def now(self) -> float:
        """Unix seconds by the store's clock."""
        return self.store.clock()

    @property
    def menu(self) -> Menu:
        """The menu as sold now: a product or variant that is not on sale is not active."""
        menu, off_sale = self.store.menu, self.off_sale
        if not off_sale:
            return menu
        products = {i: _without(p, off_sale) for i, p in menu.products.items()}
        by_variant = {v.variant_id: v for product in products.values() for v in product.variants}
        return replace(menu, products=products, by_variant=by_variant)

    @property
    def off_sale(self) -> frozenset[int]:
        """The ids of products and variants off sale: delisted by the switches, or not on their days."""
        return self.switches.delisted | self.store.off_sale(self.now)

    def orderable_stock(self, location_id: int, product_id: int, variant_id: int = 0) -> int:
        """The stock of the location, with the units that can be ordered beyond it."""
        product = self.store.menu.products[product_id]
        variant = product.variant(variant_id)
        rules = sale_rules(product.updates if variant is None else variant.updates)
        return self.stock(location_id, product_id, variant_id) + rules.back_order

    def stock(self, location_id: int, product_id: int, variant_id: int = 0) -> int:
        """The stock of the location, unless the switches override it."""
        general, local = self.switches.stock_changes, self.switches.location_stock.get(location_id, {})
        overrides = (
            quantities.get(i) for quantities in (local, general) for i in (variant_id, product_id) if i
        )
        override = next((quantity for quantity in overrides if quantity is not None), None)
        return self.store.stock(location_id, product_id, variant_id) if override is None else override

    def stock_of_product(self, location_id: int, product_id: int) -> int:
        """The stock of a product at the location, all variants together; switches as above."""
        product = self.store.menu.products.get(product_id)
        variants = () if product is None else product.variants
        if not variants:
            return self.stock(location_id, product_id)
        for quantities in (self.switches.location_stock.get(location_id, {}), self.switches.stock_changes):
            if product_id in quantities:
                return quantities[product_id]
        return sum(self.stock(location_id, product_id, variant.variant_id) for variant in variants)

    def path_argument(self, name: str) -> str:
        """An argument of the path, in any spelling of its name in the template."""
        return self.path.get(name.casefold(), "")

    def path_number(self, name: str) -> int:
        """An argument of the path that is a whole number.

        Raises:
            RefusalError: 1016, it is none.
        """
        return parse_whole_number(self.path_argument(name), name)

    def input_data(self) -> RequestFields:
        """The JSON of ``InputData``.

        Raises:
            RefusalError: 1016, there is none, or it is no JSON object.
        """
        if "InputData" not in self.form:
            raise RefusalError(Code.INVALID_INPUT, "InputData is missing")
        return RequestFields(parse_json_object(self.form.raw("InputData"), "InputData"))

    def location(self, location_id: int) -> MerchantLocation:
        """A location of the merchant.

        Raises:
            RefusalError: 1046, it has no such location.
        """
        location = self.store.merchant.location(location_id)
        if location is None:
            raise RefusalError(Code.INVALID_LOCATION)
        return location


def _without(product: MenuProduct, off_sale: frozenset[int]) -> MenuProduct:
    """Return a product that is not active, or whose variants are not, if they are off sale."""
    if product.product_id in off_sale:
        return replace(product, active=False)
    if off_sale.isdisjoint(variant.variant_id for variant in product.variants):
        return product
    variants = tuple(
        replace(variant, active=False) if variant.variant_id in off_sale else variant
        for variant in product.variants
    )
    return replace(product, variants=variants)


Handler = Callable[[Call], Reply]
"""The handler of one operation."""
