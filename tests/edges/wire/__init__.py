"""Between plain data and values."""
