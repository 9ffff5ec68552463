"""Odd fields and odd records: an unknown value or a record less, never another value."""

from decimal import Decimal

import pytest
from pydantic import Field, ValidationError

from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.wire_types import Price, Text, WireInt, WireModel, aliases


class Row(WireModel):
    product_id: WireInt = Field(validation_alias=aliases("ProductId"))


class Numbers(WireModel):
    ids: Records[WireInt] = Field(default=NO_RECORDS, validation_alias=aliases("Ids"))


class Lenient(WireModel):
    number: WireInt = Field(validation_alias=aliases("Number"))
    price: Price = Field(default=Decimal(0), validation_alias=aliases("Price", "price"))
    known_price: Price | None = Field(default=None, validation_alias=aliases("KnownPrice"))
    stock: WireInt | None = Field(default=None, validation_alias=aliases("Stock", "stock"))
    title: Text = Field(default="", validation_alias=aliases("Title"))
    rows: Records[Row] = Field(default=NO_RECORDS, validation_alias=aliases("Rows"))


class TestOddFields:
    def test_odd_field_is_unknown(self) -> None:
        found = Lenient.model_validate({"Number": 1, "Stock": "NA", "Title": [], "KnownPrice": "NA"})
        assert (found.number, found.stock, found.title, found.known_price) == (1, None, "", None)

    def test_another_spelling_stands_in_for_an_odd_one(self) -> None:
        assert Lenient.model_validate({"Number": 1, "Stock": "NA", "stock": 3}).stock == 3

    @pytest.mark.parametrize(
        "fields", [{}, {"Number": "NA"}, {"Number": 1, "Price": "NA"}, {"Number": 1, "price": -1}]
    )
    def test_field_that_must_be_right_costs_the_record(self, fields: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            Lenient.model_validate(fields)

    def test_odd_records_are_counted_and_named(self) -> None:
        rows = [{"ProductId": 1}, {"ProductId": "x"}, None, "", 5]
        found = Lenient.model_validate({"Number": 1, "Rows": rows})
        assert [row.product_id for row in found.rows] == [1]
        assert found.rows.unreadable == 3
        assert found.rows.faults[0] == "ProductId: value_error"

    def test_converted_records_keep_their_faults(self) -> None:
        found = Records([1, 2], ["a: x"]).map(str)
        assert (found, found.unreadable) == (("1", "2"), 1)

    def test_odd_numbers_of_a_list_are_counted(self) -> None:
        found = Numbers.model_validate({"Ids": [1, "", None, "NA", [], "2"]}).ids
        assert (found, found.unreadable) == ((1, 2), 3)
