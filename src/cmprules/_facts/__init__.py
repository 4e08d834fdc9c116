"""The facts: the record of one person, and how it is read."""
