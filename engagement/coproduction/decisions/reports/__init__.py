"""What decisions answer, and what is shown of them."""
