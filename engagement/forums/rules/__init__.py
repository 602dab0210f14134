"""Rules of forums."""
