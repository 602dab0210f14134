"""What groups and champions agreed that anyone may read: entries of the public directory, and public words."""
