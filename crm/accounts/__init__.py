"""Sign-in, roles and where they reach, invitations, API tokens, and keys that make a repeated request harmless."""
