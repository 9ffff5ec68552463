"""Wire types, one by one; damaged input raises only the documented error."""

import contextlib
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AliasChoices, Field, TypeAdapter, ValidationError

from console.api.transport.wire_types import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_ROWS,
    MAX_TEXT,
    MAX_VALUES,
    Items,
    Money,
    Text,
    WireBool,
    WireDate,
    WireError,
    WireFloat,
    WireInt,
    WireModel,
    aliases,
    clean_text,
    read_json,
)


class Sample(WireModel):
    essential = frozenset({"product_id", "ready", "title", "when", "degrees", "parts"})

    product_id: WireInt = Field(default=0, validation_alias=aliases("ProductId", "ProductID", "productId"))
    price: Money = Field(default=Decimal(7), validation_alias=aliases("WebPrice"))
    ready: WireBool = Field(default=False, validation_alias=aliases("IsReady"))
    title: Text = Field(default="", validation_alias=aliases("Title"))
    when: WireDate = Field(default=None, validation_alias=aliases("When"))
    degrees: WireFloat = Field(default=0.0, validation_alias=aliases("Degrees"))
    parts: Items[WireInt] = Field(default=(), validation_alias=aliases("Parts"))


def read(**fields: object) -> Sample:
    return Sample.model_validate(fields)


class TestJson:
    def test_a_price_keeps_every_digit_it_arrived_with(self) -> None:
        assert read_json(b'{"WebPrice": 5.650000000000001}') == {"WebPrice": Decimal("5.650000000000001")}

    def test_byte_order_mark_is_no_part_of_the_response(self) -> None:
        assert read_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b'{"messageCode": "1004", "Carts": {"OrderTotal": 6.1',
            b"<html>log in</html>",
            b"\xff\xfe{}",
            b"[" + b"0," * MAX_ROWS + b"0]",
            b"[" + b"[0,0]," * (MAX_VALUES // 3) + b"0]",
            b"[" * 100_000,
            b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
            b'"' + b"x" * MAX_BYTES + b'"',
        ],
        ids=[
            "empty", "open", "cut short", "a page", "not UTF-8", "rows", "values",
            "deep and open", "deep", "long",
        ],
    )  # fmt: skip
    def test_what_is_no_response_is_one_error(self, body: bytes) -> None:
        with pytest.raises(WireError):
            read_json(body)

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            (b'"' + b"x" * MAX_BYTES + b'"', f"longer than {MAX_BYTES} bytes"),
            (b"\xff\xfe{}", "not UTF-8"),
            (b'{"a" 1}', "not JSON from character 5 of 7 on"),
            (b"[" * 40 + b"]" * 40, f"nested deeper than {MAX_DEPTH} levels"),
            (b"[" * 100_000, f"nested deeper than {MAX_DEPTH} levels"),
        ],
    )
    def test_the_error_says_what_is_wrong(self, body: bytes, words: str) -> None:
        with pytest.raises(WireError, match=f"^{words}$"):
            read_json(body)

    @pytest.mark.parametrize(
        "number",
        [
            b"NaN",
            b"-Infinity",
            b"1e99999999999999999999999",
            b"1" * (MAX_DIGITS + 1),
            b"1e999999",
            b"1e-999999",
            b"0." + b"1" * (3 * MAX_DIGITS),
        ],
        ids=["NaN", "infinity", "exponent", "digits", "large exponent", "small exponent", "fraction"],
    )
    @pytest.mark.parametrize("field", ["ProductId", "WebPrice", "IsReady", "Title", "When", "Parts"])
    def test_number_that_no_amount_can_be_costs_its_field_only(self, number: bytes, field: str) -> None:
        response = read_json(b'{"%s": %s, "b": 1}' % (field.encode(), number))
        assert isinstance(response, dict)
        assert response["b"] == 1
        with pytest.raises(ValidationError):
            Sample.model_validate(response)

    def test_the_longest_response_is_read(self) -> None:
        assert read_json(b'"' + b"x" * (MAX_BYTES - 2) + b'"') == "x" * (MAX_BYTES - 2)

    @pytest.mark.parametrize(("begin", "end"), [(b"[", b"]"), (b'{"a":', b"}")])
    def test_the_deepest_response_is_read_and_one_level_more_is_not(self, begin: bytes, end: bytes) -> None:
        deepest = begin * (MAX_DEPTH - 1) + b"1" + end * (MAX_DEPTH - 1)

        assert read_json(deepest)
        with pytest.raises(WireError):
            read_json(begin + deepest + end)

    @pytest.mark.parametrize("number", ["1.7976931348623157e308", "5e-324", "1" * 309])
    def test_a_double_is_read_however_it_is_written(self, number: str) -> None:
        assert read_json(number.encode()) == Decimal(number)

    def test_the_error_does_not_quote_what_arrived(self) -> None:
        with pytest.raises(WireError) as caught:
            read_json(b'{"AccessToken": "i1z1ouqyb3roglpei1vmpowe"')

        assert "i1z1" not in str(caught.value)
        assert caught.value.__suppress_context__

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, body: bytes) -> None:
        with contextlib.suppress(WireError):
            read_json(body)


class TestKeys:
    @pytest.mark.parametrize("spelling", ["ProductId", "ProductID", "productId"])
    def test_every_documented_spelling_is_read(self, spelling: str) -> None:
        assert read(**{spelling: 13036942}).product_id == 13036942

    def test_undocumented_spelling_is_preserved(self) -> None:
        sample = read(PRODUCTID=1)

        assert sample.product_id == 0
        assert sample.model_extra == {"PRODUCTID": 1}

    def test_what_is_not_documented_stays_out_of_the_repr(self) -> None:
        assert "hunter2" not in repr(read(RefreshToken="hunter2"))

    def test_what_is_documented_is_in_the_repr(self) -> None:
        assert "title='Tea'" in repr(read(Title="Tea"))

    def test_spellings_are_tried_in_their_order(self) -> None:
        assert aliases("A", "b", "c") == AliasChoices("A", "b", "c")

    def test_of_several_spellings_the_first_counts(self) -> None:
        assert read(productId=3, ProductId=1, ProductID=2).product_id == 1


class TestMoney:
    @pytest.mark.parametrize(
        ("given", "amount"),
        [
            (1490, "1490"),
            (Decimal("5.650000000000001"), "5.650000000000001"),
            ("73.428", "73.428"),
            (" 204 ", "204"),
            ("-0.5", "-0.5"),
            ("", "7"),
            (None, "7"),
            (Decimal("1E-16"), "1E-16"),
            (Decimal("1E-40"), "1E-40"),
            (Decimal("9.9E+15"), "9.9E+15"),
            (Decimal("0E+90"), "0"),
            ("1e3", "1000"),
            ("+2.50", "2.50"),
            ("0." + "1" * 40, "0." + "1" * 40),
        ],
    )
    def test_an_amount_is_exact(self, given: object, amount: str) -> None:
        assert read(WebPrice=given).price == Decimal(amount)

    @pytest.mark.parametrize(
        "given",
        [
            "NaN",
            "Infinity",
            "1,490",
            "KWD 3",
            "٣",
            Decimal("1E+30"),
            Decimal("1E-99"),
            Decimal("1E-41"),
            Decimal("1E+16"),
            Decimal("NaN"),
            "1E400",
            "1.",
            "1 2",
            "1" * 41,
            True,
            [],
            5.65,
        ],
    )
    def test_what_is_no_amount_is_refused(self, given: object) -> None:
        with pytest.raises(ValidationError):
            read(WebPrice=given)

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (True, "not an amount"),
            ("x", "not an amount"),
            ([], "not an amount"),
            (Decimal("1E+16"), "beyond any amount"),
        ],
    )
    def test_the_error_says_why_it_is_no_amount(self, given: object, words: str) -> None:
        with pytest.raises(ValidationError, match=rf"Value error, {words} \["):
            read(WebPrice=given)

    def test_a_measure_is_a_number_with_a_point(self) -> None:
        assert (read(Degrees="29.37").degrees, read(Degrees=None).degrees) == (29.37, 0.0)


class TestIntegersAndTruth:
    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (True, "not a whole number"),
            ("1.5", "not a whole number"),
            ([], "not a whole number"),
            (2**63, "beyond any count"),
        ],
    )
    def test_the_error_says_why_it_is_no_whole_number(self, given: object, words: str) -> None:
        with pytest.raises(ValidationError, match=rf"Value error, {words} \["):
            read(ProductId=given)

    @pytest.mark.parametrize("given", [13036942, "13036942", Decimal("13036942.0"), " 13036942 "])
    def test_a_whole_number_comes_in_several_dresses(self, given: object) -> None:
        assert read(ProductId=given).product_id == 13036942

    @pytest.mark.parametrize("given", [2**63 - 1, -(2**63 - 1), 0])
    def test_the_largest_whole_numbers_are_read(self, given: int) -> None:
        assert read(ProductId=given).product_id == given

    @pytest.mark.parametrize("given", ["", "  ", None])
    def test_no_number_is_the_default(self, given: object) -> None:
        assert read(ProductId=given).product_id == 0

    @pytest.mark.parametrize(
        "given", ["x", "1.5", Decimal("1.5"), True, 10**30, 2**63, -(2**63), "9" * 39, {}]
    )
    def test_what_is_no_whole_number_is_refused(self, given: object) -> None:
        with pytest.raises(ValidationError):
            read(ProductId=given)

    @pytest.mark.parametrize(
        ("given", "truth"),
        [
            (True, True),
            ("true", True),
            ("True", True),
            ("False", False),
            (0, False),
            ("", False),
            (None, False),
            (" YES ", True),
            ("no", False),
            (1, True),
            ("0", False),
        ],
    )
    def test_truth_comes_in_several_dresses(self, given: object, truth: bool) -> None:
        assert read(IsReady=given).ready is truth

    @pytest.mark.parametrize("given", ["maybe", 2, [], Decimal("0.5"), "2"])
    def test_what_is_neither_true_nor_false_is_refused(self, given: object) -> None:
        with pytest.raises(ValidationError, match=r"Value error, neither true nor false \["):
            read(IsReady=given)


class TestDates:
    def test_a_moment_is_milliseconds_of_unix_time_shown_in_its_zone(self) -> None:
        when = read(When="/Date(1533029929318+0530)/").when

        assert isinstance(when, datetime)
        assert when == datetime(2018, 7, 31, 9, 38, 49, 318000, UTC)
        assert when.utcoffset() == timedelta(hours=5, minutes=30)

    @pytest.mark.parametrize(
        "never",
        [
            "/Date(-2208988800000)/",
            "/Date(-2209008600000+0530)/",
            "/Date(-62135596800000)/",
            "/Date(253402300799999+1400)/",
            "/Date(999999999999999999)/",
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59",
            "/Date(253402300799999)/",
            "1/1/1900",
            "01/01/1900 12:00:00 AM",
            "",
            None,
        ],
    )
    def test_the_platforms_ways_to_say_never_are_none(self, never: object) -> None:
        assert read(When=never).when is None

    @pytest.mark.parametrize("local", ["1/1/1994 12:00:00 PM", "31/12/2018", "tomorrow", "2018-13-45"])
    def test_local_formats_stay_text(self, local: str) -> None:
        assert read(When=local).when == local

    @pytest.mark.parametrize(
        ("given", "offset"),
        [
            ("/Date(0+0530)/", timedelta(hours=5, minutes=30)),
            ("/Date(0-0330)/", timedelta(hours=-3, minutes=-30)),
            ("/Date(0+1459)/", timedelta(hours=14, minutes=59)),
            ("/Date(0+1500)/", timedelta(0)),
            ("/Date(0+0560)/", timedelta(0)),
            ("/Date(0)/", timedelta(0)),
        ],
    )
    def test_a_moment_is_shown_in_its_zone_if_there_is_such_a_zone(
        self, given: str, offset: timedelta
    ) -> None:
        when = read(When=given).when

        assert isinstance(when, datetime)
        assert (when, when.utcoffset()) == (datetime(1970, 1, 1, tzinfo=UTC), offset)

    def test_the_first_year_that_is_meant_is_1901(self) -> None:
        assert read(When="1900-12-31T00:00:00").when is None
        assert read(When="1901-01-01T00:00:00").when == datetime(1901, 1, 1)  # noqa: DTZ001 (as it arrived)
        assert read(When="/Date(-2177452800000)/").when == datetime(1901, 1, 1, tzinfo=UTC)
        assert read(When="/Date(-2177452800001)/").when is None

    def test_no_date_needs_no_default(self) -> None:
        assert TypeAdapter(WireDate).validate_python(None) is None
        assert TypeAdapter(WireDate).validate_python("") is None

    def test_a_moment_without_a_zone_is_in_utc(self) -> None:
        """Not in this machine's, which a ticket would then show."""
        when = read(When="/Date(0)/").when

        assert isinstance(when, datetime)
        assert when.tzinfo is UTC

    def test_a_day_alone_is_read(self) -> None:
        assert read(When="2018-07-31").when == datetime(2018, 7, 31)  # noqa: DTZ001 (as it arrived)

    def test_iso_is_read(self) -> None:
        assert read(When="2018-07-31T09:38:49+00:00").when == datetime(2018, 7, 31, 9, 38, 49, tzinfo=UTC)


class TestText:
    @pytest.mark.parametrize(
        ("given", "text"),
        [
            ("Salt &amp;amp; Pepper", "Salt & Pepper"),
            ("Pan | 26&nbsp;cm", "Pan | 26\xa0cm"),
            ("\x1b[31mred\x1b[0m", "[31mred[0m"),
            ("&#27;]0;title&#7;", "]0;title"),
            ("https://store.example/?a=1&copy=2", "https://store.example/?a=1&copy=2"),
            ("&nonsense; &#99999999; &", "&nonsense; &#99999999; &"),
            ("&#" + "1" * 5_000 + ";", "&#" + "1" * 5_000 + ";"),
            ("x" * (MAX_TEXT + 1), "x" * MAX_TEXT),
            ("\x9b2J", "2J"),
            ("abc\u202egnp", "abcgnp"),
            ("line\r\nline\ttab", "line\nline\ttab"),
            ("\ud800", ""),
            (117, "117"),
            (Decimal("1.50"), "1.50"),
            (True, "true"),
            (False, "false"),
            ("cr\ronly", "cr\nonly"),
            ("a\u2028b\ufeffc\u2066d", "abcd"),
            (None, ""),
        ],
    )
    def test_text_is_data(self, given: object, text: str) -> None:
        assert read(Title=given).title == text

    def test_joiners_that_scripts_need_stay(self) -> None:
        joined = "क्\u200dष \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"  # Devanagari, Persian

        assert clean_text(joined) == joined

    @given(st.text())
    def test_nothing_left_in_it_acts(self, text: str) -> None:
        assert not any(
            (character < " " and character not in "\n\t")
            or "\x7f" <= character <= "\x9f"
            or "\u202a" <= character <= "\u202e"
            or "\u2066" <= character <= "\u2069"
            for character in clean_text(text)
        )  # fmt: skip


class TestLists:
    def test_a_text_that_is_no_text_is_refused(self) -> None:
        with pytest.raises(ValidationError, match=r"Value error, not text \["):
            read(Title=[])

    @pytest.mark.parametrize("given", [5, {"a": 1}])
    def test_what_is_no_list_is_refused(self, given: object) -> None:
        with pytest.raises(ValidationError):
            read(Parts=given)

    @pytest.mark.parametrize(("given", "parts"), [(None, ()), ("", ()), ([], ()), ([1, None, "2"], (1, 2))])
    def test_null_is_no_record(self, given: object, parts: tuple[int, ...]) -> None:
        assert read(Parts=given).parts == parts


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["ProductId", "WebPrice", "IsReady", "Title", "When", "Parts"]) | st.text(max_size=8)


@given(st.dictionaries(KEYS, JSON_VALUES, max_size=6))
def test_whatever_json_arrives_a_model_reads_or_refuses_it(response: dict[str, object]) -> None:
    with contextlib.suppress(WireError, ValidationError):
        Sample.model_validate(read_json(json.dumps(response).encode()))
