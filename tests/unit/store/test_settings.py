"""What a store keeps besides what people wrote."""

from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from outreach_app.store.settings import drop_setting, keep_secret, keep_setting, setting, settings_under

SECRET = b"a secret that nobody is to find"


def plain(file: Path) -> Engine:
    """A database that is not encrypted, so that a test can read its every byte."""
    made = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: dbapi2.connect(str(file), isolation_level=None),
        poolclass=StaticPool,
    )
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB)"))
    return made


def test_a_setting_is_what_was_kept_last(tmp_path: Path) -> None:
    engine = plain(tmp_path / "plain.db")
    with engine.begin() as connection:
        assert setting(connection, "language", "en") == "en"
        keep_setting(connection, "language", "es")
        keep_setting(connection, "language", {"first": "es"})
        assert setting(connection, "language") == {"first": "es"}
        drop_setting(connection, "language")
        assert setting(connection, "language") is None
    engine.dispose()


def test_a_secret_that_is_dropped_is_written_over(tmp_path: Path) -> None:
    """Not only let go, as a deleted row is."""
    file = tmp_path / "plain.db"
    engine = plain(file)
    with engine.begin() as connection:
        keep_setting(connection, "secret", SECRET)
        keep_setting(connection, "other", b"another")
    assert SECRET in file.read_bytes()
    with engine.begin() as connection:
        drop_setting(connection, "secret")
    assert SECRET not in file.read_bytes()
    assert b"another" in file.read_bytes()
    engine.dispose()


def test_a_secret_that_changes_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "plain.db"
    engine = plain(file)
    for value in (SECRET, b"short"):
        with engine.begin() as connection:
            keep_secret(connection, "draft\nAda\nhere", value)
    assert SECRET not in file.read_bytes()
    with engine.begin() as connection:
        keep_setting(connection, "draft\nAdam\nhere", b"another")
        assert settings_under(connection, "draft\nAda\n") == {"draft\nAda\nhere": b"short"}
    engine.dispose()
