"""Tests read as sentences."""
