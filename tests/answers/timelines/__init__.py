"""Tests of timelines and calendars."""
