"""``NAME=VALUE``: to wherever the operation takes the name, in the form that the documents print."""

import json
import shlex
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr

from console.api.transport.auth import OAuth1
from console.api.transport.encoding import to_json
from console.api.transport.endpoint import Endpoint
from console.commands.api_call import ApiCallArguments, prepare
from console.commands.api_show import sample_command
from console.commands.arguments import SECRET_NAMES, ArgumentReader, UsageError
from console.commands.call_values import CallValues
from console.operations import OPERATIONS, Body, Operation
from console.operations.meanings import Kind, meaning_of
from console.operations.samples import MERCHANT_ID, sample_of
from tests.api.documents.printed_samples import payload
from tests.api.documents.samples import documented_request
from tests.paths import API_SAMPLES

SHOP = Endpoint("http://localhost", MERCHANT_ID, OAuth1("key", "secret"))
SECRETS = {name: name.upper() for name in SECRET_NAMES} | {"accesstoken": "TOKEN"}
ENVIRONMENT = {name: name for name in SECRETS.values()}
PRINTED_AS = {
    "carts.add_default_deal": "carts.add_items.default_deal",
    "carts.add_customised_deal": "carts.add_items.customized_deal",
    "carts.add_customised_bundle": "carts.add_items.customized_bundle",
}
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
with_body = pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.body is not Body.NONE], ids=lambda each: each.name
)


def read(name: str, *values: str) -> CallValues:
    pairs = [(key, value) for key, _, value in (each.partition("=") for each in values)]
    return prepare(ApiCallArguments(name, values=pairs), SHOP, ArgumentReader(ENVIRONMENT, str))


def body_of(name: str, *values: str) -> Any:
    return as_plain(read(name, *values).body)


def usage_error(name: str, *values: str) -> str:
    with pytest.raises(UsageError) as told:
        read(name, *values)
    return str(told.value)


@every_operation
def test_every_parameter_has_a_meaning(operation: Operation) -> None:
    assert [each.name for each in operation.parameters if not meaning_of(each.name).text] == []


@with_body
def test_sample_is_the_documents_own(operation: Operation) -> None:
    """Apart from the merchant's id, tokens, and quotes that the documents misprint."""
    name = PRINTED_AS.get(operation.name, operation.name)
    if operation.body in (Body.FORM, Body.MERCHANT_FORM):
        printed: Any = documented_request(name)
        printed = {key: value for key, value in printed.items() if key.casefold() != "merchantid"}
    elif operation.body is Body.JSON:
        printed = json.loads((API_SAMPLES / f"{name}.request.txt").read_text("utf-8"))
    else:
        printed = payload(name)
    assert without_ids(sample_of(operation).body) == without_ids(printed)


def without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        hidden = ("merchantid", "token")
        return {
            key.strip("”"): "" if key.strip("”").casefold() in hidden else without_ids(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [without_ids(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


@every_operation
def test_sample_command_makes_the_sample_again(operation: Operation) -> None:
    """Secrets come from the environment, where each is its own name."""
    _, _, _, name, *words = shlex.split(sample_command(operation))
    data = words[-1] if "--data" in words else None
    pairs = [tuple(each.split("=", 1)) for each in words if data is None or each not in ("--data", data)]
    arguments = ApiCallArguments(name, values=[(key, value) for key, value in pairs], data=data)
    made = prepare(arguments, SHOP, ArgumentReader(ENVIRONMENT, str))
    sample = sample_of(operation)
    outside = {**made.path, **made.query, **made.headers}
    assert as_plain(outside) == as_read({**sample.path, **sample.query, **sample.headers})
    assert as_plain(made.body) == as_read(sample.body, is_typed=data is None)


def as_plain(value: Any) -> Any:
    """What was made, as JSON."""
    return json.loads(to_json(value), parse_float=Decimal)


def as_read(value: Any, *, is_typed: bool = True) -> Any:
    """A sample with its secrets as they are typed."""
    if not is_typed:
        return value
    if isinstance(value, list):
        return [as_read(inner) for inner in value]
    return {key: as_typed(key, inner) for key, inner in value.items()} if isinstance(value, dict) else value


def as_typed(name: str, value: Any) -> Any:
    """A value of a sample; the documents print some flags and numbers otherwise than their kind."""
    if name.casefold() in SECRETS:
        return SECRETS[name.casefold()]
    match meaning_of(name).kind:
        case Kind.BOOL if isinstance(value, str):
            return value.lower()
        case Kind.TEXT if isinstance(value, int):
            return str(value)
        case _:
            return as_read(value)


@pytest.mark.parametrize("name", ["UserName", "username", "USERNAME"])
def test_name_is_taken_in_any_case(name: str) -> None:
    assert body_of("customers.search", f"{name}=tom") == {"customerSearch": {"UserName": "tom"}}


def test_field_that_the_sample_lacks_lies_beside_the_others() -> None:
    assert body_of("customers.search", "mobile=9945") == {"customerSearch": {"mobile": "9945"}}


def test_one_value_goes_to_every_place_of_its_name() -> None:
    values = read("customers.login_with_otp", "username=tom", "otp=1234")
    assert values.query == {"username": "tom", "oTP": SecretStr("1234")}
    assert json.loads(to_json(values.body)) == {"UserName": "tom", "OTP": "1234"}


def test_numbers_are_printed_as_the_documents_print_them() -> None:
    line = ("ProductID=1", "Quantity=2", "Status=A", "DelveryMode=S", "LocationId=7", "accesstoken=t")
    item = {"ProductID": "1", "Quantity": "2", "Status": "A", "LocationId": "7"}
    assert body_of("carts.add_items", *line) == {"cart": {"DelveryMode": "S", "Item": [item]}}
    edited = body_of("carts.edit", "CartID=x", "ProductID=1", "Price=2.95", "accesstoken=t")
    assert edited["Item"] == {"ProductID": 1, "Price": Decimal("2.95")}


def test_name_with_dots_is_a_place_in_the_body() -> None:
    made = body_of("customers.search", "customerSearch.Extra.1=x")
    assert made == {"customerSearch": {"Extra": [None, "x"]}}


def test_merchants_id_is_repeated_where_the_documents_do() -> None:
    assert body_of("customers.create", "UserName=a", "Password=b")["customer"]["merchantId"] == MERCHANT_ID


def test_merchants_id_of_a_sample_is_filled_in() -> None:
    arguments = ApiCallArguments("customers.create", data='{"customer": {"merchantId": "{merchantId}"}}')
    shop = Endpoint("https://shop.example", "m-1", OAuth1("key", "secret"))
    made: Any = prepare(arguments, shop, ArgumentReader({}, str)).body
    assert made == {"customer": {"merchantId": "m-1"}}


def test_value_named_like_a_secret_is_one() -> None:
    assert "counter-1" not in repr(read("customers.agent_login", "username=a", "password=counter-1"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("customer.search",), "There is no operation customer.search. Did you mean customers.search"),
        (("zzzzzz",), "There is no operation zzzzzz. store-console api list names them all."),
        (("customers.details",), "customers.details needs UserId (the customer's id)."),
        (("customers.agent_login", "username=a"), "needs password (the account's password)."),
        (("carts.get", "promotionDetails=true"), "needs accesstoken (the token of the customer's session)."),
        (("customers.details", "UserIdd=1"), "has no parameter UserIdd. Did you mean UserId?"),
        (("oauth.nonce", "a=1"), "oauth.nonce has no parameter a. It takes none."),
        (
            ("orders.status", "orderId=abc"),
            "orderId (the order's number) must be a whole number, not 'abc'",
        ),
        (("orders.status", "orderId=1e3"), "must be a whole number"),
        (("orders.place", "ClearCart=perhaps"), "must be true or false, not 'perhaps'"),
        (("orders.search", "OrderPriceFrom=NaN"), "must be a number, not 'NaN'"),
        (("carts.edit", "ChildItem=[{"), "the data is not JSON"),
        (("customers.search", "customerSearch.99999999999.x=1"), "a row is a number from 0 to 999"),
    ],
)  # fmt: skip
def test_mistake_is_told_in_words(typed: tuple[str, ...], said: str) -> None:
    name, *values = typed
    assert said in usage_error(name, *values)


def test_no_parameter_is_asked_for_that_was_given_under_any_spelling() -> None:
    assert read("customers.details", "userid=x").path == {"UserId": "x"}
