"""The sandbox store inside the program, as the console opens it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from console.commands.sandbox_connection import open_sandbox
from console.config.paths import Paths
from console.config.settings import SANDBOX_PROFILE


def test_a_store_of_another_version_is_set_aside(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    open_sandbox(paths, SANDBOX_PROFILE).close()
    with closing(sqlite3.connect(paths.sandbox_file)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    opened = open_sandbox(paths, SANDBOX_PROFILE)
    opened.close()
    assert opened.demo_credentials is not None
    assert paths.sandbox_file.with_name("old-sandbox.sqlite").exists()


def test_a_file_that_is_no_store_is_set_aside(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    paths.data.mkdir(parents=True)
    paths.sandbox_file.write_text("no database")
    open_sandbox(paths, SANDBOX_PROFILE).close()
    assert paths.sandbox_file.with_name("old-sandbox.sqlite").read_text() == "no database"
