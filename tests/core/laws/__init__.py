"""What holds for every record: one class for each law."""
