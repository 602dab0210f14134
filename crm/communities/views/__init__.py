"""Pages about communities."""
