"""Who is due an answer, and how long it took."""
