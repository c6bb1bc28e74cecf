"""The places one can go to, in the order of the sidebar. Each page is loaded when it is first gone to."""

from collections.abc import Sequence

from outreach_app.store.stores import Store
from ui.desks import Desk
from ui.pages.base import Page, PageSpec
from ui.widgets.status_bars import Standing
