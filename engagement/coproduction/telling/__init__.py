"""Telling people what came of what they said: each of them safely, and everybody in public."""
