"""What is read of projects: how much people felt they decided beside what was declared, and why people left."""
