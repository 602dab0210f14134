"""Guards: if it matters, something turns red without it."""
