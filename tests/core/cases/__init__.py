"""Worked cases."""
