"""Tests of explanations, reviews of placements, and slack."""
