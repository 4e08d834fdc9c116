"""Closed lists and codes: every word that the formats know."""
