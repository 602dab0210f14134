"""A place on the map, as people copy it from one: latitude and longitude in degrees (WGS 84)."""

from __future__ import annotations


def point_of(words: str) -> tuple[float, float] | None:
    """Latitude and longitude; None for nothing, and for what is no place on earth."""
    parts = words.replace("°", "").split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
