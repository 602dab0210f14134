"""The pages of panels and of recruitment."""
