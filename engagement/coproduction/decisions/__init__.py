"""What was decided about what people asked for, why, and what is different since."""
