"""What we did and heard."""
