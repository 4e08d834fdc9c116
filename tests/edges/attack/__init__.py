"""An attack on every reader: seeded, so that it can be repeated; what it found stands in `corpus`."""
