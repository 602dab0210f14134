"""What panels show about themselves in numbers."""
