"""Reads as much of a hand-written TOML file as can be read: a wrong line costs that line.

Nothing heavy is imported here: the first paint needs it.
"""

import codecs
import errno
import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path

MAX_FILE_BYTES = 256 * 1024
MAX_WRONG_LINES = 40
MAX_PARSED_BYTES = 4 * 1024 * 1024
"""Bytes to parse, all attempts together: about a second of the start."""

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_LONG_NUMBER = re.compile(rb"[\d_]{4000}")  # Python refuses to read more digits, with an error of its own
_KEY = re.compile(r"""\s*([\w."'-]+)\s*=""")
_HEADER = re.compile(r"\s*\[+\s*([^\]]*?)\s*\]")
_PROFILE = re.compile(r"\s*\[\[\s*profiles\s*\]\]")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_NAME = re.compile(r"""\s*name\s*=\s*["'](.*)["']""")


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that was set aside. ``number`` counts from 1; ``table`` is the header above it, ``key`` its own.

    ``profile`` is the index of the ``[[profiles]]`` it belongs to, None before the first. A line that is a
    header itself has no key, and its whole table was set aside; ``name`` is the name in it, if there is one.
    """

    number: int
    text: str
    table: str = ""
    key: str = ""
    profile: int | None = None
    is_header: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class RecoveredToml:
    """A document without its wrong lines. ``text`` has an empty line for each, so that numbers stay."""

    text: str
    document: dict[str, object]
    wrong_lines: tuple[WrongLine, ...] = ()


class TomlUnreadableError(Exception):
    """Nothing of the file can be used; ``text`` follows its name."""

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.line = line


def read_bounded(path: Path) -> bytes:
    """Read a file up to a little more than the largest size; a pipe or a device is not waited for.

    Raises:
        OSError: it is no file, or cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def recover_toml(raw: bytes) -> RecoveredToml:
    """Parse a file's content; a byte-order mark may precede it.

    Raises:
        TomlUnreadableError: it is too large, in another encoding, or wrong in too many places.
    """
    recovery = _Recovery(*_decode(raw))
    while (wrong := recovery.first_error()) is not None:
        recovery.set_aside(*wrong)
    return recovery.result()


def _decode(raw: bytes) -> tuple[list[str], dict[int, str]]:
    """Return the lines, and why each of some is no text, by its index."""
    if len(raw) > MAX_FILE_BYTES:
        raise TomlUnreadableError(f"is larger than {MAX_FILE_BYTES // 1024} KB")
    for mark, encoding in _OTHER_ENCODINGS:
        if raw.startswith(mark):
            raise TomlUnreadableError(f"is {encoding} text: save it as UTF-8")
    lines: list[str] = []
    wrong: dict[int, str] = {}
    for index, line in enumerate(raw.removeprefix(codecs.BOM_UTF8).split(b"\n")):
        lines.append(line.decode(errors="replace"))
        if lines[-1].encode() != line:
            wrong[index] = "is not UTF-8 text"
        elif _LONG_NUMBER.search(line):
            wrong[index] = "is too large a number"
    if len(wrong) > MAX_WRONG_LINES:
        index, reason = next(iter(wrong.items()))
        raise TomlUnreadableError(reason, index + 1)
    return lines, wrong


class _Recovery:
    """Sets wrong lines aside until the rest can be parsed."""

    def __init__(self, lines: list[str], wrong: dict[int, str]) -> None:
        self._original = list(lines)
        self._lines = lines
        self._reasons: dict[int, str] = {}
        self._document: dict[str, object] = {}
        self._parsed_bytes = 0
        for index, reason in wrong.items():
            self.set_aside(index, reason)

    def first_error(self) -> tuple[int, str] | None:
        """Return the first line of the first statement that is wrong, and why; None if all can be parsed."""
        try:
            self._document = self._parse(self._lines)
        except tomllib.TOMLDecodeError as error:
            found = _PLACE.search(str(error))
            number = min(int(found[1]) if found and found[1] else len(self._lines), len(self._lines))
            reason = f"is not TOML ({str(error)[: found.start()] if found else error})"
        except RecursionError:
            raise TomlUnreadableError("is nested too deeply") from None
        except ValueError:
            raise TomlUnreadableError("is not TOML") from None
        else:
            return None
        start = self._statement_start(number - 1)
        if start is None or len(self._reasons) >= MAX_WRONG_LINES:
            raise TomlUnreadableError(reason, number)
        return start, reason

    def set_aside(self, index: int, reason: str) -> None:
        """Empty a line, and for a header its whole table."""
        end = index + 1
        if _is_header(self._lines[index]):
            while end < len(self._lines) and not _is_header(self._lines[end]):
                end += 1
        self._lines[index:end] = [""] * (end - index)
        self._reasons.setdefault(index, reason)

    def result(self) -> RecoveredToml:
        """Return what is left."""
        wrong_lines = tuple(self._wrong_line(index) for index in sorted(self._reasons))
        return RecoveredToml("\n".join(self._lines), self._document, wrong_lines)

    def _statement_start(self, index: int) -> int | None:
        """Return the first line of the statement that goes on at a line: all before it can be parsed."""
        for start in range(index, -1, -1):
            if self._parsed_bytes > MAX_PARSED_BYTES:
                break
            try:
                self._parse(self._lines[:start])
            except (ValueError, RecursionError):
                continue
            return start
        return None

    def _parse(self, lines: list[str]) -> dict[str, object]:
        text = "\n".join(lines)
        self._parsed_bytes += len(text)
        return tomllib.loads(text)

    def _wrong_line(self, index: int) -> WrongLine:
        line, above = self._original[index], self._lines[:index]
        is_header = _is_header(line)
        key = None if is_header else _KEY.match(line)
        # The lines behind a wrong beginning of a value belong to it.
        is_continuation = not (key or is_header) and index - 1 in self._reasons
        headers = [found[1] for found in map(_HEADER.match, above) if found]
        profiles = sum(1 for each in above if _PROFILE.match(each))
        return WrongLine(
            number=index + 1,
            text="" if is_continuation else self._reasons[index],
            table=line.strip(" \t[]\r") if is_header else (headers[-1] if headers else ""),
            key=key[1] if key else "",
            profile=profiles - 1 if profiles else None,
            is_header=is_header,
            name=self._name_below(index) if is_header else "",
        )

    def _name_below(self, index: int) -> str:
        """Return the ``name`` in the table of a header; empty if there is none."""
        for line in self._original[index + 1 :]:
            if _is_header(line):
                break
            if found := _NAME.match(line):
                return found[1]
        return ""


def _is_header(line: str) -> bool:
    return line.lstrip().startswith("[")
