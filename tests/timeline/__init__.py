"""Timelines and calendars."""
