"""Calendars served: what people subscribe to."""
