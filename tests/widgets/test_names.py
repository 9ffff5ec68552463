"""No name of ours hides one of Textual's own: a screen's ``_closing`` once stopped it from ever closing."""

import re
from pathlib import Path

import pytest
import textual

from tests.paths import ROOT

SET = re.compile(r"^\s+(?:self\.)?(_[a-z]\w*)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE)
DEFINED = re.compile(r"^    (?:async )?def (_[a-z]\w*)\(", re.MULTILINE)
MEANT = {"_fatal_error", "_value"}


def private_names(*files: Path) -> set[str]:
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return {*SET.findall(text), *DEFINED.findall(text)}


BASES = ("message_pump", "dom", "widget", "screen", "app", "containers", "widgets/_input")
TEXTUALS = private_names(*(Path(textual.__file__).parent / f"{name}.py" for name in BASES))
OURS = [*ROOT.glob("widgets/**/*.py"), *ROOT.glob("screens/**/*.py"), ROOT / "console" / "app.py"]


@pytest.mark.parametrize("file", OURS, ids=lambda file: f"{file.relative_to(ROOT)}")
def test_no_private_name_hides_one_of_textuals(file: Path) -> None:
    assert private_names(file) & TEXTUALS <= MEANT
