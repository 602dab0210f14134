"""The unbroken thread on one screen: from what was said to what changed, and back to those who said it."""
