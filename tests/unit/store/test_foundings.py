"""Every store begins with the same change, byte for byte: this test pins it."""

from sqlalchemy.orm import DeclarativeBase

from outreach_app.journal.digests import change_digest
from outreach_app.model.kinds import Registry
from outreach_app.model.records import REGISTRY
from outreach_app.model.vocabularies import first_themes
from outreach_app.store.foundings import FOUNDING_RUN, founding, theme_id
from outreach_app.store.stores import Store
from tests.helpers.memories import all_changes

DIGEST = "5a6b60de3f73c878d853276e04988798f370db971f7f671a4a7892a7797e0f66"
"""Two laptops whose founding changes differ would hold two of every theme, or raise an alarm. To ship other themes,
add a second founding change; never alter this one."""


def test_the_founding_change_is_what_it_always_was() -> None:
    change = founding(REGISTRY)
    assert change is not None
    assert change_digest(change).hex() == DIGEST


def test_it_carries_every_theme_in_both_languages_under_its_own(laptop: Store) -> None:
    assert [change.id.run for change in all_changes(laptop)] == [FOUNDING_RUN]
    shown = {view.id: view for view in laptop.list("themes")}
    assert len(shown) == len(first_themes())
    for theme in first_themes():
        values = shown[theme_id(theme.code)].values
        assert (values["name"], values["name_es"]) == (theme.label, theme.label_es)
        assert values["name_es"]
        assert values["parent"] == (theme_id(theme.parent) if theme.parent else None)


def test_two_that_were_founded_apart_hold_one_thing(laptops: list[Store]) -> None:
    one, other, _ = laptops
    assert other.apply(all_changes(one)).known == 1
    assert [view.id for view in one.list("themes")] == [view.id for view in other.list("themes")]


def test_a_registry_without_themes_has_none() -> None:
    class Nothing(DeclarativeBase):
        """No kinds at all."""

    assert founding(Registry(Nothing)) is None
