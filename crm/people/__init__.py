"""People: the name they use, how to reach them safely, their languages and their roles in groups."""
