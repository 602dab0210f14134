"""Calendars: what people subscribe to and are invited by, and what is read from outside. Knows no database."""
