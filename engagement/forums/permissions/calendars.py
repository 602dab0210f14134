"""Who may read calendars, and who makes and ends private ones."""

from __future__ import annotations

from crm.base.permissions import public

PUBLIC_CALENDARS = public("public_calendars", "Subscribe to the calendars of public forums")
