"""What the demonstration is made of, a file for each part."""
