"""Restricted contacts whose named readers have all left: an administrator names a new one."""

from __future__ import annotations

from typing import Any

from crm.people.lost import LostList, NameReader
from engagement.log import permissions
from engagement.log.actions import name_reader_of_event
from engagement.log.models import EngagementEvent


class LostContacts(LostList):
    """Contacts nobody can read."""

    permission = permissions.find_lost_events
    model = EngagementEvent
    title = "Contacts nobody can read any more"
    name_reader = "workspace:name-reader-of-contact"


class NameReaderOfContact(NameReader):
    """Name a reader of one."""

    permission = permissions.name_reader_of_event
    model = EngagementEvent
    list_name = "workspace:lost-contacts"

    def save(self, form: Any, subject: Any) -> EngagementEvent:
        """Name them."""
        data = form.cleaned_data
        return name_reader_of_event(
            actor=self.user, event=subject, reader=data["reader_named"], expected_version=data["version"]
        )
