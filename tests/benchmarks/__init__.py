"""What more data costs."""
