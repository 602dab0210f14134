"""Erasing whoever asks."""
