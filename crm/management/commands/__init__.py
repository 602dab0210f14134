"""Commands of Heard."""
