"""Attacks on every reader, with seeds, so that they can be repeated; their findings are in `corpus`."""
