"""Request bodies as the documents print them, digits included."""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from console.api.transport.encoding import encode_form, encode_input_data, find_secrets, to_json


def test_an_amount_is_a_json_number_with_its_own_digits() -> None:
    assert to_json({"Price": Decimal("3.250")}) == '{"Price":3.250}'


def test_an_amount_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="finite"):
        to_json(Decimal("NaN"))


def test_a_payload_is_one_field_of_a_form() -> None:
    body = encode_input_data({"customerSearch": {"UserName": "Tom & Ärwen"}})

    assert parse_qs(body.decode()) == {
        "InputData": ['{"customerSearch":{"UserName":"Tom & Ärwen"}}'],
        "InputFormat": ["application/json"],
    }


def test_the_merchant_goes_first_where_the_documents_put_it() -> None:
    assert encode_input_data({}, merchant_id="6c57").startswith(b"MerchantId=6c57&InputData=")


def test_a_secret_is_unwrapped_only_when_it_is_written() -> None:
    data = {"username": "sam", "password": SecretStr("p&ss")}

    assert "p&ss" not in repr(data)
    assert encode_form(data) == b"username=sam&password=p%26ss"
    assert to_json(data) == '{"username":"sam","password":"p&ss"}'


def test_every_secret_inside_is_found() -> None:
    data = {"customer": [{"Password": SecretStr("one")}, SecretStr("two"), SecretStr("")]}

    assert list(find_secrets(data)) == ["one", "two"]


def test_an_amount_is_written_without_an_exponent() -> None:
    assert to_json([Decimal("1E+3"), Decimal("1E-7")]) == "[1000,0.0000001]"


def test_text_is_sent_as_it_is_and_not_escaped() -> None:
    assert to_json("قهوة") == '"قهوة"'


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (3, "3"), (Decimal("0.350"), "0.350"), (None, ""), ("a b", "a%20b")],
)
def test_a_field_of_a_form_is_one_value(value: bool | int | Decimal | str | None, text: str) -> None:
    assert encode_form({"Field": value}) == f"Field={text}".encode()


def test_fields_are_joined_and_every_sign_is_escaped() -> None:
    assert encode_form({"a": "/=&+~", "b": "é"}) == b"a=%2F%3D%26%2B~&b=%C3%A9"


def test_secrets_beside_other_values_are_found() -> None:
    data = {"count": 3, "note": "plain", "none": None, "sum": Decimal(1), "last": SecretStr("three")}

    assert list(find_secrets([data, SecretStr("four")])) == ["three", "four"]


def test_a_body_without_a_merchant_names_none() -> None:
    assert encode_input_data({}) == b"InputData=%7B%7D&InputFormat=application%2Fjson"


def test_a_form_has_no_nested_fields() -> None:
    with pytest.raises(ValueError, match="one value"):
        encode_form({"a": [1]})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_is_written_is_read_again(value: Any) -> None:
    written = encode_input_data(value)

    assert json.loads(parse_qs(written.decode(), keep_blank_values=True)["InputData"][0]) == value
