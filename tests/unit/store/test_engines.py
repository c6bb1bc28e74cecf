"""A fault of the world becomes a sentence; a bug stays a bug."""

import pytest
from sqlalchemy.exc import OperationalError

from outreach_app.model.errors import Damaged, NotWritable, OutreachError
from outreach_app.store.engines import dbapi2, faults_told

FAULTS = [
    ("database or disk is full", NotWritable),
    ("disk I/O error", NotWritable),
    ("attempt to write a readonly database", NotWritable),
    ("unable to open database file", NotWritable),
    ("file is not a database", Damaged),
    ("database disk image is malformed", Damaged),
]


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(("text", "told"), FAULTS)
def test_a_fault_of_the_world_is_told(text: str, told: type[OutreachError], wrapped: bool) -> None:
    fault: Exception = dbapi2.OperationalError(text)
    if wrapped:
        fault = OperationalError("SELECT 1", {}, fault)
    with pytest.raises(told) as raised, faults_told():
        raise fault
    assert text not in str(raised.value)
    assert str(raised.value).endswith(".")


@pytest.mark.parametrize("fault", [dbapi2.IntegrityError("UNIQUE constraint failed"), ValueError("disk is full")])
def test_a_bug_stays_what_it_is(fault: Exception) -> None:
    with pytest.raises(type(fault)) as raised, faults_told():
        raise fault
    assert raised.value is fault
