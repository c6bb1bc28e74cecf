"""A store made by the migrations is the store that the model declares, down to the last index."""

import re
from pathlib import Path

from sqlalchemy import Engine

from outreach_app.model.records import REGISTRY
from outreach_app.store import schemas
from outreach_app.store.engines import open_engine
from outreach_app.store.schemas import create_schema, declare, upgrade_schema

VERSIONS = Path(schemas.__file__).parent / "migrations" / "versions"


def schema(engine: Engine) -> dict[str, str]:
    """Every table's and index's statement by its name, however it was spaced and quoted."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    engine.dispose()
    return {name: re.sub(r"[\s\"]+", " ", sql).replace("( ", "(").replace(" )", ")").strip() for name, sql in rows}


def differing(one: dict[str, str], other: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        name: (one.get(name, ""), other.get(name, ""))
        for name in one.keys() | other.keys()
        if one.get(name) != other.get(name)
    }


def test_the_migrations_make_what_the_model_declares() -> None:
    migrated, declared = open_engine(None, b""), open_engine(None, b"")
    create_schema(migrated, REGISTRY)
    with declared.begin() as connection:
        declare(connection, REGISTRY.metadata)
    made = schema(migrated)
    assert made.pop("alembic_version")
    # left: by the migrations, right: by the model. Until a first release mend 0001, after it add another
    assert differing(made, schema(declared)) == {}
    assert len(made) > 80


def test_every_field_that_points_at_one_record_is_looked_up_by_an_index_of_its_filled_rows() -> None:
    engine = open_engine(None, b"")
    create_schema(engine, REGISTRY)
    pointing = [(kind.name, field.name) for kind in REGISTRY.values() for field in kind.fields if field.refers_to]
    with engine.connect() as connection:
        for kind, name in pointing:
            if REGISTRY[kind].by_name[name].many:
                continue
            plan = f'EXPLAIN QUERY PLAN SELECT id FROM "{kind}" WHERE "{name}" IN (?, ?)'  # noqa: S608 (declared names)
            steps = [row[-1] for row in connection.exec_driver_sql(plan, ("one", "other"))]
            assert [f"INDEX ix_{kind}_{name} " in step for step in steps] == [True], (kind, name, steps)
    engine.dispose()
    assert len(pointing) > 20


def test_the_newest_revision_is_the_one_the_program_opens() -> None:
    revisions = sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))
    assert revisions[-1] == schemas.NEWEST
    assert len(set(revisions)) == len(revisions)


def test_a_migration_knows_nothing_of_the_model() -> None:
    for path in VERSIONS.glob("[0-9]*.py"):
        assert "outreach_app" not in path.read_text(encoding="utf-8"), path.name


def test_upgrading_a_store_of_today_does_nothing() -> None:
    engine = open_engine(None, b"")
    create_schema(engine, REGISTRY)
    upgrade_schema(engine, REGISTRY)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == schemas.NEWEST
    engine.dispose()
