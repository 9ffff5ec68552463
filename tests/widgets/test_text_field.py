"""Text fields: what is typed, pasted and refused."""

import pytest
from textual import events
from textual.geometry import Offset

from tests.widgets.harness import HOSTILE, WidgetApp, rendered_rows
from widgets.text_cells import clean
from widgets.text_field import MAX_LETTERS, FormField, TextField

pytestmark = pytest.mark.anyio


async def test_letters_go_into_the_field_and_leave_its_size_alone() -> None:
    field = TextField()
    async with WidgetApp(field).run_test(size=(20, 2)) as pilot:
        await pilot.press("t", "o", "m", "backspace")
        assert field.value == "to"
        assert rendered_rows(field) == ["to".ljust(20)]


async def test_pasted_control_sequences_become_text() -> None:
    field = TextField()
    async with WidgetApp(field).run_test() as pilot:
        field.post_message(events.Paste(HOSTILE))
        await pilot.pause()
        assert field.value == "[red]x[/ ?[31mred?]0;title? \u202egnitirw\u2066 a b"
        assert rendered_rows(field)[0].rstrip() == "[red]x[/ ?[31mred?]0;title? gnitirw a b"


UNSEEN = [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # a Persian word with a joiner
    "\u2764\ufe0f",  # an emoji with its variation
    "\U0001f469\u200d\U0001f467",  # two joined to one
    "1\u202f234",  # the spaces of other keyboards
    "a\u3000b",
]


@pytest.mark.parametrize("text", UNSEEN)
@pytest.mark.parametrize("way", ["typed", "pasted", "set"])
async def test_letters_that_are_not_seen_are_kept_and_not_drawn(text: str, way: str) -> None:
    field = TextField()
    async with WidgetApp(field).run_test(size=(20, 2)) as pilot:
        if way == "typed":
            for letter in text:
                field.post_message(events.Key(letter, letter))
        elif way == "pasted":
            field.post_message(events.Paste(text))
        else:
            field.value = text
        await pilot.pause()
        assert field.value == text
        assert rendered_rows(field)[0].rstrip() == clean(text)


async def test_cursor_stands_where_the_next_letter_is_drawn() -> None:
    field = TextField()
    async with WidgetApp(field).run_test(size=(20, 2)) as pilot:
        field.value = "x\u200c\u2066y"
        field.cursor_position = 4
        await pilot.pause()
        assert pilot.app.cursor_position == Offset(2, 0)
        await pilot.press("left", "left", "left")
        assert pilot.app.cursor_position == Offset(1, 0)
        await pilot.press("z")
        assert field.value == "xz\u200c\u2066y"


async def test_every_pasted_line_is_taken_while_there_is_room() -> None:
    field, short = TextField(), TextField(max_length=5)
    async with WidgetApp(field, short).run_test() as pilot:
        field.post_message(events.Paste("2 pepsi\r\n3 fries\n"))
        short.post_message(events.Paste("2 pepsi"))
        await pilot.pause()
        assert field.value == "2 pepsi 3 fries"
        assert short.value == "2 pep"


async def test_password_is_held_as_typed_and_never_shown() -> None:
    field = TextField(password=True)
    async with WidgetApp(field).run_test(size=(20, 2)):
        field.value = "secret\u200d"
        assert field.value == "secret\u200d"
        assert rendered_rows(field)[0].strip() == "•" * 7


async def test_a_text_longer_than_the_field_shows_its_end() -> None:
    field = TextField()
    async with WidgetApp(field).run_test(size=(10, 2)) as pilot:
        await pilot.press(*"abcdefghijklmn")
        assert rendered_rows(field)[0].rstrip().endswith("klmn")


async def test_the_terminals_cursor_is_where_the_next_letter_goes() -> None:
    first, second = TextField(), TextField()
    async with WidgetApp(first, second).run_test(size=(10, 3)) as pilot:
        await pilot.press(*"tom")
        assert pilot.app.cursor_position == Offset(3, 0)
        await pilot.press("left")
        assert pilot.app.cursor_position == Offset(2, 0)
        await pilot.press("tab")
        assert pilot.app.cursor_position == Offset(0, 1)
        await pilot.press(*"longer than the field")
        await pilot.pause()
        assert pilot.app.cursor_position == Offset(9, 1)


async def test_a_form_field_says_what_is_wrong_beside_the_value() -> None:
    form = FormField("Host", field_id="host")
    async with WidgetApp(form).run_test(size=(80, 2)):
        form.value = "http://"
        form.error = "plain http is for this machine only"
        shown = "".join(child.render_line(0).text for child in form.children)
        assert "Host" in shown
        assert "http://" in shown
        assert "! plain http is for this machin…" in shown


class FullFields(WidgetApp):
    """Records what the fields say that does not fit."""

    def __init__(self, *fields: TextField) -> None:
        super().__init__(*fields)
        self.sentences: list[str] = []

    def on_text_field_full(self, event: TextField.Full) -> None:
        self.sentences.append(event.sentence)


@pytest.mark.parametrize("keys", [False, True], ids=["pasted", "typed"])
async def test_what_does_not_fit_is_left_out_and_said(keys: bool) -> None:
    field, short = TextField(), TextField(max_length=5)
    app = FullFields(short, field)
    async with app.run_test() as pilot:
        if keys:
            await pilot.press(*"2 pepsi")
        else:
            short.post_message(events.Paste("2 pepsi"))
            field.post_message(events.Paste("x" * 2_400))
        await pilot.pause()
        assert short.value == "2 pep"
        assert len(field.value) == (0 if keys else MAX_LETTERS)
    assert app.sentences[0] == "At most 5 letters fit here. The rest was left out."
