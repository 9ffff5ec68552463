"""The control API for tests: switches, fault counts, records and one-time passwords.

Open to programs on this machine only, without a signature, outside ``/developerapi``.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.sandbox.control_requests import ControlRequestError, check_origin, read_object
from console.sandbox.menu.half_rule import SandboxHalfRule
from console.sandbox.orders import records
from console.sandbox.orders.state import Status
from console.sandbox.people import otp
from console.sandbox.self_description import CartRecord, PartRecord
from console.sandbox.store import Store
from console.sandbox.switches import (
    MAX_FAULT_SECONDS,
    SWITCH_NAMES,
    Fault,
    FaultKind,
    HoursOfDay,
    PlacingRefusal,
    SandboxCartOwner,
    SwitchBoard,
    Switches,
)

LARGEST_INT = 10**12
"""The largest id or quantity: the database takes it."""
HIGHEST_PRICE = 10**9
PRICE_DIGITS = 6
"""The most decimal places of a price."""


class SwitchError(ValueError):
    """The requested switches are invalid; the text says which."""


async def respond(request: Request, path: str, store: Store, board: SwitchBoard) -> Response:
    """Respond to a request outside the API."""
    try:
        check_origin(request)
        return await _respond_to_program(request, path, store, board)
    except ControlRequestError as error:
        return JSONResponse({"error": error.message}, status_code=error.status)


async def _respond_to_program(request: Request, path: str, store: Store, board: SwitchBoard) -> Response:
    view = VIEWS.get(path) if request.method == "GET" else None
    if view is not None:
        return JSONResponse(view(store, board))
    match (request.method, path):
        case ("POST", "/sandbox/expire"):
            requested = await read_object(request)
            with store.transaction():
                expired = store.expire_sessions(anonymous=requested.get("anonymous") is True)
            return JSONResponse({"expired": expired})
        case ("POST", "/sandbox/reset"):
            await read_object(request)
            store.reset()
            board.reset()
            return JSONResponse({"reset": True})
        case ("POST", "/sandbox/switches"):
            try:
                board.current = parse_switches(await read_object(request), board.current)
            except SwitchError as error:
                return JSONResponse({"error": str(error)}, status_code=400)
            return JSONResponse({"set": True})
        case _:
            return JSONResponse({"error": "not found"}, status_code=404)


def parse_switches(requested: Mapping[str, object], current: Switches) -> Switches:
    """Return the switches with the requested changes; mappings have string keys, amounts are strings.

    Raises:
        SwitchError: a switch is unknown, or its value makes no sense.
    """
    changes: dict[str, object] = {}
    for name, value in requested.items():
        reader = SWITCH_READERS.get(name)
        if reader is None:
            raise SwitchError(f"{name}: there is no such switch")
        try:
            changes[name] = reader(value)
        except (ValueError, TypeError, AttributeError, InvalidOperation, OverflowError) as error:
            raise SwitchError(f"{name}: {error}") from error
    return replace(current, **changes)


def _read_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not true or false")
    return value


def _read_int(value: object) -> int:
    number = int(cast("str", value))
    if isinstance(value, bool) or abs(number) > LARGEST_INT or number != Decimal(str(value)):
        raise ValueError(f"{str(value)[:40]} is not a whole number up to {LARGEST_INT}")
    return number


def _read_int_map(value: object) -> dict[int, int]:
    return {_read_int(key): _read_int(number) for key, number in cast("dict[str, int]", value).items()}


def _read_location_stock(value: object) -> dict[int, dict[int, int]]:
    return {
        _read_int(key): _read_int_map(quantities)
        for key, quantities in cast("dict[str, object]", value).items()
    }


def _read_codes(value: object) -> frozenset[str]:
    return frozenset(code.casefold() for code in _read_names(value))


def _read_half_rule(value: object) -> SandboxHalfRule | None:
    return None if value is None else SandboxHalfRule(str(value))


def _read_prices(value: object) -> dict[int, Decimal]:
    return {_read_int(key): _read_price(price) for key, price in cast("dict[str, str]", value).items()}


def _read_price(value: object) -> Decimal:
    price = Decimal(str(value))
    # The exponent first: a comparison would write out 1E+999999 with all its digits.
    is_plain = price.is_finite() and -PRICE_DIGITS <= int(price.as_tuple().exponent) <= PRICE_DIGITS
    if isinstance(value, bool) or not is_plain or not 0 <= price <= HIGHEST_PRICE:
        raise ValueError(f"{str(value)[:40]} is not a price from 0 to {HIGHEST_PRICE}")
    return price


def _read_number(value: object, highest: float) -> float:
    number = float(str(value))
    if not 0 <= number <= highest:
        raise ValueError(f"{str(value)[:40]} is not a number from 0 to {highest:g}")
    return number


def _read_names(value: object) -> frozenset[str]:
    return frozenset(str(item) for item in cast("list[str]", value))


def _read_order_states(value: object) -> dict[int, str]:
    states = {_read_int(key): str(letters) for key, letters in cast("dict[str, str]", value).items()}
    for letters in states.values():
        Status(letters.partition("/")[0])
    return states


def _read_cart_owner(value: object) -> SandboxCartOwner:
    return SandboxCartOwner(str(value))


def _read_ids(value: object) -> frozenset[int]:
    return frozenset(_read_int(item) for item in cast("list[int]", value))


def _read_faults(value: object) -> tuple[Fault, ...]:
    return tuple(_read_fault(row) for row in cast("list[dict[str, object]]", value))


def _read_fault(row: Mapping[str, object]) -> Fault:
    times = row.get("times")
    return Fault(
        pattern=str(row.get("pattern", "*")),
        kind=FaultKind(str(row.get("kind"))),
        times=None if times is None else _read_int(times),
        probability=_read_number(row.get("probability", 1.0), 1),
        seconds=_read_number(row.get("seconds", 0.0), MAX_FAULT_SECONDS),
        code=_read_int(row.get("code", 1000)),
        refusal=PlacingRefusal(str(row["refusal"])) if row.get("refusal") else None,
    )


def _read_refusals(value: object) -> frozenset[PlacingRefusal]:
    return frozenset(PlacingRefusal(name) for name in _read_names(value))


def _read_limit(value: object) -> Decimal | None:
    return None if value is None else _read_price(value)


def _read_hours(value: object) -> dict[int, HoursOfDay]:
    """Read hours such as ``{"27299": "10:00-22:00"}``."""
    hours = cast("dict[str, str]", value)
    return {_read_int(key): HoursOfDay.parse(*text.split("-", 1)) for key, text in hours.items()}


SWITCH_READERS: Mapping[str, Callable[[object], object]] = {
    "new_keys": _read_flag,
    "merge_lines": _read_flag,
    "split_lines": _read_flag,
    "children_apart": _read_flag,
    "drop_children": _read_flag,
    "substitute": _read_int_map,
    "price_changes": _read_prices,
    "delivery_fees": _read_prices,
    "stock_changes": _read_int_map,
    "location_stock": _read_location_stock,
    "delisted": _read_ids,
    "full_slots": _read_ids,
    "convert_deals": _read_int_map,
    "combo_suggestions": _read_int_map,
    "expired_vouchers": _read_codes,
    "closed_locations": _read_ids,
    "half_rule": _read_half_rule,
    "order_states": _read_order_states,
    "order_attributes": _read_names,
    "reference_attribute": str,
    "group_data": _read_flag,
    "cart_owner": _read_cart_owner,
    "refuse": _read_ids,
    "refuse_orders": _read_refusals,
    "minimum_order": _read_limit,
    "maximum_order": _read_limit,
    "order_quantities": _read_int_map,
    "store_hours": _read_hours,
    "faults": _read_faults,
}
"""The JSON reader of each switch."""


def switches_json(switches: Switches) -> dict[str, object]:
    """Encode the switches in force as JSON, as they can be set again."""
    return {name: _plain(getattr(switches, name)) for name in SWITCH_NAMES}


def _plain(value: object) -> object:
    match value:
        case Fault():
            return {each.name: _plain(getattr(value, each.name)) for each in fields(Fault)}
        case Mapping():
            items = cast("Mapping[object, object]", value).items()
            return {str(key): _plain(inner) for key, inner in items}
        case frozenset():
            return sorted(cast("frozenset[str]", value))
        case tuple():
            return [_plain(inner) for inner in cast("tuple[object, ...]", value)]
        case Decimal():
            return str(value)
        case _:
            return value


def cart_json(cart: CartRecord) -> dict[str, object]:
    """Encode a cart record as JSON; amounts are strings, so that no digit is lost."""
    return {
        "token": cart.token,
        "customer": cart.customer,
        "location_id": cart.location_id,
        "mode": cart.mode,
        "vouchers": list(cart.vouchers),
        "slot_id": cart.slot_id,
        "street": cart.street,
        "area": cart.area,
        "pin": cart.pin,
        "lines": [
            {
                "product_id": line.product_id,
                "variant_id": line.variant_id,
                "title": line.title,
                "options": line.options,
                "quantity": line.quantity,
                "unit_price": str(line.unit_price),
                "line_total": str(line.line_total),
                "parts": [part_json(part) for part in line.parts],
            }
            for line in cart.lines
        ],
        "product_cost": str(cart.product_cost),
        "shipping_cost": str(cart.shipping_cost),
        "discount": str(cart.discount),
        "order_total": str(cart.order_total),
    }


def part_json(part: PartRecord) -> dict[str, object]:
    """Encode a part of a line as JSON, with its own parts."""
    return {
        "product_id": part.product_id,
        "variant_id": part.variant_id,
        "title": part.title,
        "options": part.options,
        "quantity": part.quantity,
        "portion": part.portion,
        "parts": [part_json(inner) for inner in part.parts],
    }


def attempts_json(board: SwitchBoard) -> list[dict[str, object]]:
    """Encode the requests to place an order as JSON, the oldest first."""
    return [
        {"at": attempt.at, "user_id": attempt.user_id, "refusals": list(attempt.refusals)}
        for attempt in board.placing_attempts
    ]


VIEWS: Mapping[str, Callable[[Store, SwitchBoard], object]] = {
    "/sandbox/carts": lambda store, _: [cart_json(cart) for cart in store.carts()],
    "/sandbox/orders": lambda store, _: records.orders_json(store),
    "/sandbox/otps": lambda store, _: otp.otps_json(store),
    "/sandbox/switches": lambda _, board: switches_json(board.current),
    "/sandbox/placings": lambda _, board: attempts_json(board),
    "/sandbox/faults": lambda _, board: {kind.value: board.fault_counts[kind] for kind in FaultKind},
}
"""Readable views, by path."""
