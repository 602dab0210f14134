"""Themes: points that belong together, under a name people give them, as they stood on any day."""
