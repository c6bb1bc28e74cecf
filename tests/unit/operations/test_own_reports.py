"""A worker's own sensitive report: sealed from that worker too, until they become a coordinator."""

from outreach_app.journal.memberships import COORDINATOR
from outreach_app.operations.feedback import NewFeedback, record_feedback
from outreach_app.operations.laptops import appoint
from tests.helpers.departments import Department


def test_once_a_coordinator_they_read_it_and_no_alarm_is_raised(county: Department) -> None:
    office, cora = county.office, county.joined("Cora")
    county.sync(cora, office, cora)
    record_feedback(cora, NewFeedback("The diesel tank leaks", sensitive=True))
    assert [view.title for view in cora.list("feedback")] == []
    county.sync(cora, office, cora)
    appoint(office, cora.device, COORDINATOR)
    county.sync(office, cora, office, cora)
    assert [view.values["verbatim"] for view in cora.list("feedback")] == [
        view.values["verbatim"] for view in office.list("feedback")
    ]
    assert len(cora.list("feedback")) == 1
    assert cora.left_segments() == {}
    assert cora.check().healthy
