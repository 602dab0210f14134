"""Whether access needs were met at contacts and in messages, and what the council can say about it."""
