"""EDI champions, role models and experts by experience: who stands for whom, for how long, and what it led to."""
