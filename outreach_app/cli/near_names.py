"""The names of kinds and fields as they are typed: read, and where they are none, said with those they come near."""

import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from outreach_app.model.vocabularies import folded
from outreach_app.texts import LANGUAGES, _, say

if TYPE_CHECKING:
    from outreach_app.model.kinds import Kind

_CLOSE = 0.6


def near(typed: str, named: Mapping[str, Sequence[str]]) -> list[str]:
    """The names that somebody may have meant, at most three: ``named`` gives each the labels it goes by on screen."""
    heard = {folded(name.replace("_", " ")): name for name in named}
    for name, labels in named.items():
        for label in labels:
            for language in LANGUAGES:
                heard.setdefault(folded(say(label, language)), name)
    word = folded(typed.replace("_", " "))
    close = [each for each in heard if word in each.split() or each in word.split()]
    close += difflib.get_close_matches(word, heard, n=3, cutoff=_CLOSE)
    exact = [heard[word]] if word in heard else []
    return list(dict.fromkeys([*exact, *(heard[each] for each in close)]))[:3]


def no_kind(typed: str, kinds: Mapping[str, "Kind"]) -> str:
    """That there is no kind of that name, and which there are."""
    found = near(typed, {name: (kind.about.label, kind.about.one) for name, kind in kinds.items()})
    told = _("There is no kind “{typed}”.", typed=typed)
    return " ".join([told, *_meant(found), _("The kinds are: {names}.", names=", ".join(kinds))])


def no_field(typed: str, kind: "Kind") -> str:
    """That a kind has no field of that name, and which it has."""
    found = near(typed, {field.name: (field.label,) for field in kind.fields})
    told = _("“{typed}” is no field of {kind}.", kind=kind.name, typed=typed)
    fields = _("The fields are: {names}.", names=", ".join(field.name for field in kind.fields))
    return " ".join([told, *_meant(found), fields])


def no_value(typed: str, kind: "Kind") -> str:
    """That something was typed without an equals sign."""
    needed = next((field.name for field in kind.fields if field.required), kind.fields[0].name)
    example = typed if kind.field(typed) is not None else needed
    return _('“{typed}” is not FIELD=VALUE. Write it like {field}="…".', typed=typed, field=example)


def _meant(found: Sequence[str]) -> list[str]:
    return [_("Did you mean {names}?", names=_(" or ").join(found))] if found else []
