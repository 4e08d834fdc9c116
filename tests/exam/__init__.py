"""Examinations."""
