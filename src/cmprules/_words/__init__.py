"""Closed lists and codes: every word of the formats."""
