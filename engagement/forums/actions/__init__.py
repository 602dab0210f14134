"""Actions of forums."""
