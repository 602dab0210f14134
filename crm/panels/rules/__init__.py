"""What is missing before something about panels or recruitment can be saved."""
