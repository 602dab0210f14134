"""The REST API: the second door to the same actions."""
