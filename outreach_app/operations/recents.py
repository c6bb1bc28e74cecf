"""What somebody had to do with lately: what they opened, then what was last saved on this laptop."""

from collections.abc import Sequence
from itertools import islice

from outreach_app.store.searching import Found
from outreach_app.store.stores import Store

_CHANGES = 20
_OF_ONE = 2  # change: a list that was taken in is not what somebody had to do with


def recent(store: Store, opened: Sequence[tuple[str, str]], limit: int = 8) -> Sequence[Found]:
    """``opened``: (kind, id), newest first. Left out is what is gone or joined, and of what was saved all that has no
    name of its own: of a sign-in the person is meant."""
    wanted = dict.fromkeys(opened)
    named = {name for name, kind in store.registry.items() if kind.about.in_forms and not kind.named_by_others}
    for change in store.recent(_CHANGES):
        written = dict.fromkeys((write.slot.kind, write.slot.record) for write in change.writes)
        wanted.update(dict.fromkeys(islice((each for each in written if each[0] in named), _OF_ONE)))
    by_kind: dict[str, list[str]] = {}
    for kind, record in wanted:
        by_kind.setdefault(kind, []).append(record)
    views = {(kind, view.id): view for kind, records in by_kind.items() for view in store.many(kind, records)}
    here = [view for each in wanted if (view := views.get(each)) and view.shown and not view.stands_under]
    return [Found(view.kind, view.id, view.code, view.title) for view in here[:limit]]
