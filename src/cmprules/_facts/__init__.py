"""What we are told: the record of one person, and how it is read."""
