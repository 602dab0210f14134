"""Places where people meet, and what is known about getting in and taking part there."""
