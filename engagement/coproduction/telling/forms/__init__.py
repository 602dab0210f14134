"""Forms about answers."""
