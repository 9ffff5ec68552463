"""Which terminals get plain signs."""

import pytest

from console.terminal.signs import needs_plain_signs

UTF8 = {"LANG": "en_GB.UTF-8", "TERM": "xterm-256color"}


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_CTYPE": "C"},
        {"LANG": "C", "LC_CTYPE": "C.UTF-8"},  # as Python leaves it
        {"LC_ALL": "en_GB.ISO-8859-1"},
        {"LANG": "tr_TR.ISO-8859-9@euro"},
        {"TERM": "linux"},
        {"TERM": "vt100"},
        {"TERM": "vt220-8bit"},
        {"TERM": "screen.linux"},
        {"TERM": "dumb"},
    ],
)
def test_poor_terminal_gets_plain_signs_whatever_python_makes_of_it(environment: dict[str, str]) -> None:
    assert needs_plain_signs({**UTF8, **environment}, "UTF-8")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LC_ALL": "C.UTF-8"},
        {"LC_ALL": "ar_KW.utf8"},
        {"LANG": "C", "LC_ALL": "en_GB.UTF-8"},
        {"LANG": "en_GB"},
        {"LANG": ""},
        {"TERM": "tmux-256color"},
        {"TERM": "screen.xterm-256color"},
        {"TERM": "rxvt-unicode"},
        {"TERM": "vte-256color"},
        {"TERM": "konsole"},
    ],
)
def test_terminal_that_knows_unicode_gets_all_signs(environment: dict[str, str]) -> None:
    assert not needs_plain_signs({**UTF8, **environment}, "UTF-8")


def test_locale_of_another_encoding_gets_plain_signs() -> None:
    assert needs_plain_signs({"TERM": "xterm", "LANG": "en_GB"}, "ISO-8859-1")
