"""Laws that hold for every record, one class for each law."""
