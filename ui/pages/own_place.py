"""One calm sentence where this laptop waits to be let in, or was given up as lost; nothing otherwise."""

from outreach_app.operations.admissions import OwnPlace, place_in_words
from ui.widgets.cards import Card
from ui.widgets.labels import Words


class OwnPlaceCard(Card):
    """At the head of Today and of Sync."""

    def __init__(self) -> None:
        super().__init__("", space="small")
        self.words = Words("", "waits", wrap=True)
        self.body.addWidget(self.words)
        self.hide()

    def show_place(self, place: OwnPlace) -> None:
        """Show how it stands with this laptop."""
        words = place_in_words(place)
        self.words.setText(words)
        self.setVisible(bool(words))
