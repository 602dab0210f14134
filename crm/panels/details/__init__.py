"""What somebody says about a panel before it is saved."""
