"""The second door."""
