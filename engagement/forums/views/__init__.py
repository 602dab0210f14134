"""Views of forums."""
