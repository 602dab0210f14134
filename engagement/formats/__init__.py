"""Requests for a page in another format or language: each counted, owned by a named officer, and answered in time."""
