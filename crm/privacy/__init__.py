"""Why we may keep and use what we know about a person, and what they said about it."""
