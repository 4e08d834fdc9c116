"""Tracking and changes."""
