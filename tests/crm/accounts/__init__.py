"""Sign-in, roles, and requests that repeat."""
