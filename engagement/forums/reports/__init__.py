"""Reports of forums."""
