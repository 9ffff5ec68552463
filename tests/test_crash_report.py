"""The account of a program fault: saved where there is room, and never a fault of its own."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from console import crash_report
from console.crash_report import STOPPED, save_crash_report

REPORT = "Traceback: \udce9 of a name that is no text"


def test_account_is_saved_with_the_logs_for_its_owner_only(tmp_path: Path) -> None:
    message = save_crash_report(REPORT, tmp_path / "logs")
    file = tmp_path / "logs" / "fault.txt"
    assert message == f"{STOPPED}\nDetails are in {file}."
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().startswith("Traceback")


def test_account_is_saved_elsewhere_if_the_logs_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logs").write_text("a file in the place of the folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    message = save_crash_report(REPORT, tmp_path / "logs")
    (file,) = tmp_path.glob("store-console-fault-*")
    assert f"Details are in {file}: {tmp_path / 'logs'} cannot be written (Not a directory)." in message
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO, errno.EMFILE])
def test_account_that_can_be_saved_nowhere_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(crash_report, "write_private_file", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    message = save_crash_report(REPORT, tmp_path)
    assert message == f"{STOPPED}\nIts details are lost: {tmp_path} cannot be written ({os.strerror(code)})."
