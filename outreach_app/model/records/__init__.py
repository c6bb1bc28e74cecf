"""The program's kinds of record, and their registry. Loading this loads SQLAlchemy; nothing does before unlock."""

from outreach_app.model.kinds import Registry
from outreach_app.model.records.base import Base, OnPaper, Record
from outreach_app.model.records.consents import Consent
from outreach_app.model.records.departments import DepartmentSettings
from outreach_app.model.records.events import Event, Sheet
from outreach_app.model.records.feedback import Feedback, Response
from outreach_app.model.records.follow_ups import FollowUp
from outreach_app.model.records.groups import Group, Interest
from outreach_app.model.records.organizations import Organization, OrganizationRelation
from outreach_app.model.records.people import Affiliation, Person
from outreach_app.model.records.program import DecisionNote, Export, Link, NamedExport, NamedList
from outreach_app.model.records.sign_ins import SignIn
from outreach_app.model.records.themes import Theme

SHOWN_ORDER = (
    "events",
    "people",
    "organizations",
    "affiliations",
    "organization_relations",
    "sign_ins",
    "feedback",
    "themes",
    "responses",
    "follow_ups",
    "consents",
    "groups",
    "interests",
    "links",
    "decision_notes",
    "exports",
    "named_exports",
    "named_lists",
    "sheets",
    "department_settings",
)

REGISTRY = Registry(Base, SHOWN_ORDER)

__all__ = [
    "REGISTRY",
    "SHOWN_ORDER",
    "Affiliation",
    "Base",
    "Consent",
    "DecisionNote",
    "DepartmentSettings",
    "Event",
    "Export",
    "Feedback",
    "FollowUp",
    "Group",
    "Interest",
    "Link",
    "NamedExport",
    "NamedList",
    "OnPaper",
    "Organization",
    "OrganizationRelation",
    "Person",
    "Record",
    "Response",
    "Sheet",
    "SignIn",
    "Theme",
]
