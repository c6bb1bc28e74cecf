"""What people said, and what became of it: heard, sorted, passed on, answered, told back."""

from typing import Any

from sqlalchemy.orm import Mapped

from outreach_app.model.fields import (
    Privacy,
    Shape,
    choice,
    code,
    date,
    long_text,
    many,
    number,
    once,
    reference,
    tally,
    text,
    yes_no,
)
from outreach_app.model.kinds import About
from outreach_app.model.records.base import OnPaper, Record


class Feedback(OnPaper, Record):
    """One thing somebody said, in their own words."""

    __tablename__ = "feedback"
    about = About("Feedback", "Piece of feedback", icon="message-square-text", title=("verbatim",))

    verbatim: Mapped[str | None] = once(
        "In their words",
        "What was said; a correction stands below it, on a line of its own.",
        section="Heard",
        searched=True,
        listed=True,
        required=True,
    )
    event: Mapped[str | None] = reference(
        "Event", "events", "Where it was said.", section="Heard", searched=True, listed=True, privacy=Privacy.PARTNER
    )
    heard_on: Mapped[str | None] = date(
        "Heard on", "Where there was no event.", section="Heard", privacy=Privacy.PARTNER
    )
    how: Mapped[str | None] = choice(
        "How it came", "feedback_ways", "Spoken, written, or seen.", section="Heard", privacy=Privacy.PUBLIC
    )
    language: Mapped[str | None] = choice(
        "Language", "languages", "The language it was said in.", section="Heard", privacy=Privacy.PUBLIC
    )
    said_by: Mapped[str | None] = reference(
        "Said by", "people", "Nobody named, unless they want to be.", section="Heard", searched=True
    )
    several_agreed: Mapped[int | None] = tally(
        "Others agreed", "How many more said or nodded the same.", section="Heard", privacy=Privacy.PUBLIC
    )
    may_share: Mapped[str | None] = choice(
        "May we share the words, without a name?",
        "share_answers",
        "What the speaker answered.",
        section="Heard",
        listed=True,
    )
    slip_code: Mapped[str | None] = code(
        "Slip code",
        "On the slip the speaker took along, to ask later what became of it.",
        section="Heard",
        searched=True,
    )
    sensitive: Mapped[bool | None] = yes_no(
        "Sensitive",
        "Fraud, abuse, danger or corruption: only the coordinators will read it.",
        section="Heard",
        privacy=Privacy.SENSITIVE,
    )
    translation: Mapped[str | None] = long_text(
        "Translation", "What was said, in the department's language.", section="Translation", searched=True
    )
    translator: Mapped[str | None] = text("Translated by", "", section="Translation", suggests=True)
    what_kind: Mapped[str | None] = choice(
        "What kind",
        "feedback_kinds",
        "What sort of thing was said.",
        section="Sorted",
        listed=True,
        privacy=Privacy.PUBLIC,
    )
    themes: Mapped[list[Any] | None] = many(
        "Themes",
        Shape.REFERENCE,
        "What it is about; may wait for the coordinator.",
        section="Sorted",
        refers_to="themes",
        searched=True,
        listed=True,
        privacy=Privacy.PUBLIC,
    )
    themes_version: Mapped[int | None] = number(
        "Version of the themes", "The list of themes it was sorted by.", section="Sorted", privacy=Privacy.PUBLIC
    )
    sentiment: Mapped[str | None] = choice(
        "Tone", "sentiments", "Set by a person, never by the program.", section="Sorted", privacy=Privacy.PUBLIC
    )
    scope: Mapped[str | None] = choice(
        "How far it reaches",
        "scopes",
        "Something the program can answer itself, or something larger.",
        section="Sorted",
        privacy=Privacy.PUBLIC,
    )
    population: Mapped[str | None] = choice(
        "Whom it concerns", "populations", "", section="Sorted", privacy=Privacy.PUBLIC
    )
    programme: Mapped[str | None] = choice(
        "Which program",
        "programmes",
        "The program or service it is about.",
        section="Sorted",
        listed=True,
        privacy=Privacy.PUBLIC,
    )
    about_organizations: Mapped[list[Any] | None] = many(
        "About which partners",
        Shape.REFERENCE,
        "Partners it speaks of; they see it only once it is released to them.",
        section="Sorted",
        refers_to="organizations",
    )
    text_for_sharing: Mapped[str | None] = long_text(
        "Text for sharing",
        "Without anything that tells who said it. The only words that leave the department.",
        section="Sharing",
        searched=True,
        privacy=Privacy.PUBLIC,
    )
    reviewed_by: Mapped[str | None] = text(
        "Text reviewed by", "Who read it before it was shared, and a mark of the words as they were.", section="Sharing"
    )
    released_to: Mapped[list[Any] | None] = many(
        "Released to",
        Shape.REFERENCE,
        "Partners who may be given the text for sharing.",
        section="Sharing",
        refers_to="organizations",
    )


class Response(Record):
    """What became of a piece of feedback."""

    __tablename__ = "responses"
    about = About("Answers", "Answer", icon="message-circle", title=("feedback",))

    feedback: Mapped[str | None] = reference(
        "Feedback",
        "feedback",
        "What it answers.",
        section="Answer",
        searched=True,
        listed=True,
        required=True,
        privacy=Privacy.PARTNER,
    )
    state: Mapped[str | None] = choice(
        "How far it is", "response_states", "", section="Answer", listed=True, privacy=Privacy.PUBLIC
    )
    owner: Mapped[str | None] = text(
        "In whose hands",
        "Who sees that it gets answered.",
        section="Answer",
        searched=True,
        listed=True,
        suggests=True,
    )
    passed_to: Mapped[str | None] = text(
        "Passed on to",
        "The unit, partner or person who can answer it.",
        section="Answer",
        searched=True,
        suggests=True,
    )
    decided: Mapped[str | None] = long_text(
        "What was decided",
        "In words the community can be told.",
        section="Answer",
        searched=True,
        listed=True,
        privacy=Privacy.PARTNER,
    )
    why: Mapped[str | None] = long_text(
        "Why",
        "The reason, most of all when it cannot be done.",
        section="Answer",
        searched=True,
        privacy=Privacy.PARTNER,
    )
    told_back_on: Mapped[str | None] = date(
        "Told back on",
        "When the community heard the answer.",
        section="Told back",
        listed=True,
        privacy=Privacy.PARTNER,
    )
    told_back_how: Mapped[str | None] = text(
        "Told back how",
        "At a meeting, by letter, on a poster.",
        section="Told back",
        suggests=True,
        privacy=Privacy.PARTNER,
    )
    told_back_at: Mapped[str | None] = reference(
        "Told back at", "events", "The event where it was told.", section="Told back", privacy=Privacy.PARTNER
    )
