"""The forms of panels and of recruitment."""
