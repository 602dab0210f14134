"""Who may see, plan, open, change and cancel forums, and do the jobs they make."""
