"""Files that people ask for by a name of their own: whole or not at all, and never in the place of a store's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach_app.model.errors import BadInput
from outreach_app.store.durable_files import Content, laid_beside
from outreach_app.store.folders import DATABASE, OWN_NAMES
from outreach_app.texts import _


def hand_out(path: Path, data: Content) -> None:
    """Write what somebody asked for to the file they named. Raises BadInput or NotWritable; then all is as before."""
    with handing_out(path, data):
        pass


@contextmanager
def handing_out(path: Path, data: Content) -> Iterator[None]:
    """The same, once the block has ended well: for two files of which there is to be both or none."""
    keep_clear(path)
    with laid_beside(path, data):
        yield


def keep_clear(path: Path) -> None:
    """Refuse the name of a file that a store lives in: what was typed there would be gone."""
    if path.name.casefold() in OWN_NAMES and (path.parent / DATABASE).exists():
        raise BadInput(
            _("{file} belongs to the store in that folder and would be lost. Choose another name.", file=path.name)
        )
