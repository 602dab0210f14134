"""Wards, what groups them, and the council itself: all data, loaded from files with their source."""
