"""Pages of a backup in the place of damaged ones, so that what those led to is found again.

Where a page leads to others (a database's first one, the root of a table), its damage hides all of them. A backup has
that page as it was some time ago, which leads to most of what is there now. Such a copy may tell what is no longer so:
only what proves itself is taken from it.
"""

import re
import shutil
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from outreach_app.store.backups import SALT, salt_in, unpacked
from outreach_app.store.engines import prepare
from outreach_app.store.folders import DATABASE

_PAGE = 4096
_BAD = re.compile(r"page (\d+)")


def graft(copy: Path, key: bytes, backup: Path, place: Path) -> bool:
    """Put pages of a backup in the place of those of the database ``copy`` that are damaged, and its salt, where none
    reads with the one there; whether there were any."""
    bad = _damaged(copy, key)
    if not bad:
        return False
    if len(bad) >= copy.stat().st_size // _PAGE:
        with unpacked(backup) as archive, copy.open("r+b") as file:
            file.write(salt_in(archive))
        bad = _damaged(copy, key)
    place.mkdir()
    made = place / "graft.db"
    _sealed_alike(made, copy, key, backup, place)
    pages = made.stat().st_size // _PAGE
    with made.open("rb") as source, copy.open("r+b") as target:
        if copy.stat().st_size < made.stat().st_size:  # the first page tells of more pages than there are: none is read
            target.truncate(made.stat().st_size)
        for page in bad:
            if page <= pages:
                source.seek((page - 1) * _PAGE)
                target.seek((page - 1) * _PAGE)
                target.write(source.read(_PAGE))
    shutil.rmtree(place)
    return True


def _damaged(copy: Path, key: bytes) -> list[int]:
    """The pages whose seal is broken, from 1."""
    with closing(dbapi2.connect(str(copy), isolation_level=None)) as opened:
        prepare(opened, key)
        told = [str(row[0]) for row in opened.execute("PRAGMA cipher_integrity_check")]
    return [int(found[1]) for found in map(_BAD.search, told) if found]


def _sealed_alike(made: Path, copy: Path, key: bytes, backup: Path, place: Path) -> None:
    """The database of a backup, its pages sealed as those of ``copy`` are, and no fewer."""
    with unpacked(backup) as archive:
        archive.extract(DATABASE, place)
    with copy.open("rb") as file:
        salt = file.read(SALT)
    with closing(dbapi2.connect(str(place / DATABASE), isolation_level=None)) as source:
        prepare(source, key)
        with closing(dbapi2.connect(str(made), isolation_level=None)) as target:
            prepare(target, key + salt)
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            while (lacking := copy.stat().st_size - made.stat().st_size) > 0:
                # the first page says how many there are, and what lies beyond is not looked at
                target.execute("INSERT INTO settings VALUES (hex(randomblob(8)), zeroblob(?))", (lacking + _PAGE,))
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
