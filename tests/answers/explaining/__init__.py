"""Explanations, reviews of placements, and slack."""
